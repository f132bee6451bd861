"""Whole answers that are made to cost more than they are worth, or to be read for what they are not."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import Literal

from starlette.responses import Response, StreamingResponse

from ops_dashboard.demo.hostile.texts import BIDI, MARKUP, MEGABYTE, TERMINAL

HostileAnswer = Literal["huge", "bomb", "endless", "deep", "utf16", "curse"]
"""50 MB · 2 GB, packed to 2 MB · a body that never ends · nested a hundred thousand levels · UTF-16 that says it is
UTF-8 · an error that is explained with terminal commands and a megabyte."""

_MB = 2**20
_HUGE, _UNPACKED = 50 * _MB, 2_048 * _MB
_ENDLESS = 16 * _MB
"""In-process there is nobody to break the connection off, so that even this ends."""

OF_RANGES: dict[tuple[str, str], HostileAnswer] = {
    ("user_engagement", "6h"): "bomb",
    ("user_engagement", "24h"): "utf16",
    ("user_engagement", "7d"): "curse",
    ("recommendation_quality", "6h"): "deep",
    ("recommendation_quality", "24h"): "huge",
    ("recommendation_quality", "7d"): "endless",
}
"""What the scenario answers to these calls when they ask for that time range."""


def hostile_answer(kind: HostileAnswer) -> Response:
    """One of them, afresh."""
    return _ANSWERS[kind]()


@cache
def _bomb() -> bytes:
    """Two gigabytes of spaces: members of one packed file, each of which is the same."""
    member = gzip.compress(b" " * (_UNPACKED // 64), mtime=0)
    return member * 64


async def _without_end() -> AsyncIterator[bytes]:
    yield b"["
    for _ in range(_ENDLESS // 4096):
        yield b"0," * 2048
        await asyncio.sleep(0)


def _json(content: bytes, status: int = 200, packing: str = "") -> Response:
    headers = {"Content-Encoding": packing} if packing else {}
    return Response(content, status, headers, "application/json")


_ANSWERS: dict[HostileAnswer, Callable[[], Response]] = {
    "huge": lambda: _json(b" " * _HUGE + b"{}"),
    "bomb": lambda: _json(_bomb(), packing="gzip"),
    "endless": lambda: StreamingResponse(_without_end(), media_type="application/json"),
    "deep": lambda: _json(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "utf16": lambda: _json(json.dumps({"active_users": 16, "time_range": BIDI}).encode("utf-16")),
    "curse": lambda: _json(json.dumps({"detail": f"{TERMINAL}{MARKUP}{BIDI}{MEGABYTE}"}).encode(), 500),
}
