"""Every handler, called over a raw websocket by those who may not, and with arguments that are not fit."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.demo import DemoState
from ops_dashboard.state.modules import ModulesState
from ops_dashboard.state.session import SessionState, ended_delta
from tests.dashboard_server import DashboardServer
from tests.handlers import arguments_of, handlers, needing
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN, logged_in, logged_out
from tests.raw_tab import RawTab

WRONG: list[Any] = [None, {"a": 1}, ["a"], 1.5]
"""No handler takes all of these; what one of them is fit for, another argument is not."""
STATE = "reflex___state____state"
_PATIENCE = 20.0


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard that wants a login, and plays a demo in which nothing happens."""
    settings = {**TOKENS, "OPS_DEMO_SCENARIO": "healthy", "OPS_REFRESH_SECONDS": "5"}
    server = DashboardServer(settings, tmp_path_factory.mktemp("gate") / "log")
    yield server.start()
    server.close()
    assert "traceback" not in server.output().lower()


@asynccontextmanager
async def tab_of(server: DashboardServer, token: str) -> AsyncIterator[RawTab]:
    async with RawTab(server.origin, logged_in(server.origin, token)) as tab:
        yield tab


def refusals(server: DashboardServer) -> int:
    """Messages of tabs that were dropped so far, as the metrics count them."""
    headers = {"Authorization": f"Bearer {VIEWER_TOKEN}"}
    lines = httpx.get(f"{server.origin}/metrics", headers=headers).text.splitlines()
    counts = [line for line in lines if line.startswith("ops_dashboard_events_dropped_total{")]
    return sum(int(float(line.rpartition(" ")[2])) for line in counts)


@asynccontextmanager
async def all_refused(server: DashboardServer, number: int) -> AsyncIterator[None]:
    """So many events are refused in the block; one that is let through makes the test wait in vain."""
    before, scenario = refusals(server), playing(server)
    yield
    async with asyncio.timeout(_PATIENCE):
        while refusals(server) < before + number:
            await asyncio.sleep(0.02)
    assert refusals(server) == before + number
    assert playing(server) == scenario
    assert "Traceback" not in server.output()


def playing(server: DashboardServer) -> str:
    headers = {"Authorization": f"Bearer {VIEWER_TOKEN}"}
    return httpx.get(f"{server.origin}/demo/control", headers=headers).json()["scenario"]


def fit(name: str) -> dict[str, Any]:
    """Arguments of the right number; whether they are fit does not matter where the role is not."""
    return dict.fromkeys(arguments_of(name), "outage")


def test_there_are_handlers_of_each_kind():
    assert len(needing("viewer")) > 20
    assert len(needing("operator")) > 10
    assert any(name.endswith(".setvar") for name in needing(None))


async def test_nobody_calls_anything_and_sees_nothing(server: DashboardServer):
    cookie = logged_in(server.origin, OPERATOR_TOKEN)
    tab = await RawTab(server.origin, cookie).connect()
    logged_out(server.origin, cookie)
    async with all_refused(server, len(handlers())):
        for name in handlers():
            await tab.emit(name, fit(name))
    await tab.until(lambda: tab.value(SessionState, "ended"))
    await tab.ping()
    assert tab.heard() == {SessionState.get_full_name(): {"ended_rx_state_": True}}
    await tab.close()


@pytest.mark.parametrize("cookie", ["", "ops_session=x", 'a={"b":1}; ops_session_0=y'])
async def test_without_a_session_no_websocket_is_opened(server: DashboardServer, cookie: str):
    with pytest.raises(InvalidStatus) as refused:
        await RawTab(server.origin, cookie).connect()
    assert refused.value.response.status_code == 401
    assert refused.value.response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("token", ["x", "a" * 900_000, "../..", "00000000-0000-0000-0000-00000000000g"])
async def test_without_a_tab_s_token_no_websocket_is_opened(server: DashboardServer, token: str):
    with pytest.raises(InvalidHandshake):
        await RawTab(server.origin, logged_in(server.origin, OPERATOR_TOKEN), token=token[:20_000]).connect()


async def test_a_viewer_calls_nothing_that_acts(server: DashboardServer):
    forbidden = needing("operator", None)
    async with tab_of(server, VIEWER_TOKEN) as tab, all_refused(server, len(forbidden)):
        for name in forbidden:
            await tab.emit(name, fit(name))


async def test_a_viewer_looks_around(server: DashboardServer):
    async with tab_of(server, VIEWER_TOKEN) as tab:
        await tab.call(ModulesState, "choose_sort", sort="name")
        await tab.until(lambda: tab.value(ModulesState, "sort") == "name")
        await tab.until(lambda: tab.value(SessionState, "barred") == "You are logged in as viewer.")


async def test_an_operator_acts(server: DashboardServer):
    async with tab_of(server, OPERATOR_TOKEN) as tab:
        await tab.call(DemoState, "choose", scenario="degraded")
        async with asyncio.timeout(_PATIENCE):
            while playing(server) != "degraded":
                await asyncio.sleep(0.02)
        await tab.call(DemoState, "choose", scenario="healthy")
        async with asyncio.timeout(_PATIENCE):
            while playing(server) != "healthy":
                await asyncio.sleep(0.02)
        await tab.until(lambda: tab.value(SessionState, "role") == "operator")
        assert tab.value(SessionState, "barred") == ""


async def test_not_even_an_operator_calls_what_is_not_for_browsers(server: DashboardServer):
    names = needing(None)
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(names)):
        for name in names:
            await tab.emit(name, {"var_name": "scenario", "value": "outage"} if "setvar" in name else {})


async def test_missing_arguments_are_refused(server: DashboardServer):
    names = [name for name in needing("viewer", "operator") if arguments_of(name)]
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(names)):
        for name in names:
            await tab.emit(name, {})


async def test_unknown_arguments_are_refused(server: DashboardServer):
    names = needing("viewer", "operator")
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(names)):
        for name in names:
            await tab.emit(name, {**fit(name), "admin": True})


async def test_arguments_of_the_wrong_kind_are_refused(server: DashboardServer):
    names = [name for name in needing("viewer", "operator") if arguments_of(name)]
    calls = [
        (name, wrong)
        for name in names
        for wrong in WRONG
        if not (isinstance(wrong, dict) and name.endswith((".submit", ".save")))  # a form may hold anything
    ]
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(calls)):
        for name, wrong in calls:
            await tab.emit(name, dict.fromkeys(arguments_of(name), wrong))


@pytest.mark.parametrize("size", [65_537, 100_000])
async def test_long_texts_are_refused(server: DashboardServer, size: int):
    names = [name for name in needing("viewer", "operator") if arguments_of(name)]
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(names)):
        for name in names:
            await tab.emit(name, {**fit(name), arguments_of(name)[0]: "x" * size})


async def test_a_message_of_more_than_128_kb_closes_the_connection(server: DashboardServer):
    tab = await RawTab(server.origin, logged_in(server.origin, OPERATOR_TOKEN)).connect()
    with pytest.raises(ConnectionClosed):
        await tab.emit(needing("viewer")[0], {"a": "x" * (128 << 10)})
        await tab.hears("never")


@pytest.mark.parametrize(
    "name",
    ["", "x", STATE, f"{STATE}.", f"{STATE}.__init__", "a.b.c", "\x1b[31m", "_call_function", "x" * 9999],
)
async def test_unknown_names_are_refused(server: DashboardServer, name: str):
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, 1):
        await tab.emit(name, {})


@pytest.mark.parametrize(
    "message",
    [
        [1],
        ["event"],
        ["event", None],
        ["event", "text"],
        ["event", []],
        ["event", {}],
        ["event", {"name": 1}],
        ["event", {"name": "a", "payload": []}],
        ["event", {"name": "a", "router_data": {"query": {"a": {}}}}],
        ["event", {"name": "a", "router_data": {"headers": {"cookie": "x"}}}],
        ["event", {"name": "a"}, "more"],
        ["connect", {"QUERY_STRING": "token=other", "asgi.scope": {"headers": []}}],
        ["connect"],
        ["connect", 1, 2, 3],
        ["disconnect"],
        ["disconnect", "client disconnect"],
        ["disconnect", 1, 2],
        ["emit", "event", {}],
        ["__disconnect_final"],
        ["x" * 9999],
    ],
    ids=str,
)
async def test_malformed_messages_are_refused(server: DashboardServer, message: list[Any]):
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, 1):
        await tab.send(*message)


@pytest.mark.parametrize(
    "frame",
    [
        "4",
        "9999",
        "42/_event,[]",
        '42/_event,["event",{bad',
        "42/_event," + "[" * 5000,
        b"\x00\x01",
    ],
    ids=lambda frame: str(frame)[:24],
)
async def test_a_frame_that_is_not_the_protocol_leaves_one_line(server: DashboardServer, frame: str | bytes):
    before = server.output().count('event="websocket frame refused"')
    tab = await RawTab(server.origin, logged_in(server.origin, OPERATOR_TOKEN)).connect()
    await tab.send_frame(frame)
    async with asyncio.timeout(_PATIENCE):
        while server.output().count('event="websocket frame refused"') == before:
            await asyncio.sleep(0.02)
    assert "traceback" not in server.output().lower()
    await tab.close()


@pytest.mark.parametrize(
    "kept", [{"unknown.var": "x"}, {f"{STATE}.is_hydrated": "x"}, {"": "x"}, {"a": None}, {"_": 1}], ids=str
)
async def test_what_a_browser_keeps_is_taken_for_nothing_else(server: DashboardServer, kept: dict[str, Any]):
    names = [
        f"{STATE}.hydrate_and_load",
        f"{STATE}.reflex___state____update_vars_internal_state.update_vars_internal",
    ]
    async with tab_of(server, OPERATOR_TOKEN) as tab, all_refused(server, len(names)):
        for name in names:
            await tab.emit(name, {"vars": kept})


async def test_a_tab_that_sends_without_end_is_not_listened_to_for_a_while(server: DashboardServer):
    flood = 320
    async with (
        tab_of(server, OPERATOR_TOKEN) as tab,
        all_refused(server, flood),  # with or without a look at what they ask for
    ):
        for _ in range(flood):
            await tab.emit("x", {})
        await tab.ping()
    async with tab_of(server, OPERATOR_TOKEN) as other:
        await other.call(ModulesState, "choose_sort", sort="name")
        await other.until(lambda: other.value(ModulesState, "sort") == "name")


async def test_a_log_out_holds_for_open_tabs_at_once(server: DashboardServer):
    cookie = logged_in(server.origin, OPERATOR_TOKEN)
    async with RawTab(server.origin, cookie) as tab:
        logged_out(server.origin, cookie)
        async with all_refused(server, 1):
            await tab.call(AlertsState, "tell_copied", copied=True)
        await tab.until(lambda: tab.value(SessionState, "ended"))


async def test_a_tab_that_only_looks_on_is_told_of_the_log_out_and_nothing_more(server: DashboardServer):
    cookie = logged_in(server.origin, VIEWER_TOKEN)
    async with RawTab(server.origin, cookie) as tab:
        logged_out(server.origin, cookie)
        await tab.until(lambda: tab.value(SessionState, "ended"))
        tab.forget()
        await tab.drain(2.5)  # more than two readings of what alerts depend on
        # Told again only in place of what was on its way.
        assert tab.heard() in ({}, ended_delta())
