"""What tabs cost the server: processor time while a number of them follow, measured by raw websockets."""

import asyncio
import json
import os
import time
import uuid
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import websockets

from benchmarks.figures import Measured

TABS = (1, 50, 200)
CROSSINGS = 6
"""Up and down in turn: even, so that each number of tabs begins below the threshold."""
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
_QUIET_SECONDS = 1.0
_EVENT = {"name": "reflex___state____state.hydrate_and_load", "payload": {}}
_ROUTER = {"pathname": "/ops", "query": {}, "asPath": "/ops"}


def pushes(origin: str, pid: int) -> list[Measured]:
    """For each number of tabs: time until the last one heard of a change, and the processor time it took."""
    return [figure for tabs in TABS for figure in asyncio.run(_with_tabs(origin, pid, tabs))]


async def _with_tabs(origin: str, pid: int, tabs: int) -> list[Measured]:
    latencies, costs = [], []
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(_connect(origin)) for _ in range(tabs)]
        for socket in sockets:
            await _greet(socket)
        for n in range(CROSSINGS):
            await asyncio.gather(*(_drain(socket) for socket in sockets))
            used, began = _processor_seconds(pid), time.perf_counter()
            async with httpx.AsyncClient() as client:
                # A threshold is crossed each time, so that the fast lane publishes at once.
                order = {"set": {"performance.error_rate": 20.0 if n % 2 == 0 else 1.0}}
                await client.post(f"{origin}/demo/control", json=order)
            await asyncio.gather(*(_hears(socket, "performance") for socket in sockets))
            latencies.append(1000 * (time.perf_counter() - began))
            costs.append(1000 * (_processor_seconds(pid) - used))
    label = f"{tabs} tab{'s' * (tabs > 1)}"
    return [
        Measured(f"Breach at the backend until the last of {label} heard of it", "ms", latencies),
        Measured(f"Server processor time for that, {label}", "ms", costs),
    ]


def _connect(origin: str) -> websockets.connect:
    token = uuid.uuid4()
    address = f"{origin.replace('http', 'ws')}/_event/?token={token}&EIO=4&transport=websocket"
    return websockets.connect(address, max_size=None, additional_headers={"X-Token": str(token)})


async def _greet(socket: websockets.ClientConnection) -> None:
    await socket.recv()
    await socket.send("40/_event,")
    await socket.recv()
    token = socket.request.headers["X-Token"] if socket.request else ""
    event = {**_EVENT, "token": token, "router_data": _ROUTER}
    await socket.send("42/_event," + json.dumps(["event", event]))
    await _hears(socket, "beat")


async def _hears(socket: websockets.ClientConnection, word: str) -> None:
    async with asyncio.timeout(30):
        while word not in str(await _receive(socket)):
            continue


async def _drain(socket: websockets.ClientConnection) -> None:
    try:
        while True:
            async with asyncio.timeout(_QUIET_SECONDS):
                await _receive(socket)
    except TimeoutError:
        return


async def _receive(socket: websockets.ClientConnection) -> websockets.Data:
    message = await socket.recv()
    if message == "2":
        await socket.send("3")  # the protocol's ping and pong
    return message


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS
