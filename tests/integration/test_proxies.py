"""Through proxies that do not show themselves nobody is an operator without a token."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from ops_dashboard.state.session import READ_ONLY_ON_LOOPBACK, SessionState
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.logging_in import OPERATOR_TOKEN, TOKENS
from tests.proxies import WEBSOCKETS, nginx, tcp_proxy
from tests.raw_tab import RawTab
from tests.servers import HOST, free_port

_PATIENCE = 20.0


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard of a backend that is not there, without any token or further setting."""
    settings = {"OPS_BACKEND_URL": f"http://{HOST}:{free_port()}", "OPS_TRUST_LOOPBACK": "no"}
    server = DashboardServer(settings, tmp_path_factory.mktemp("proxied") / "log")
    yield server.start()
    server.close()


@asynccontextmanager
async def proxied(kind: str, origin: str, folder: Path) -> AsyncIterator[str]:
    """The address of a proxy in front of ``origin``, once it answers."""
    if kind == "tcp":
        async with tcp_proxy(origin) as address:
            yield address
        return
    with nginx(origin, folder, WEBSOCKETS) as address:
        async with httpx.AsyncClient() as client, asyncio.timeout(_PATIENCE):
            while not await _answers(client, address):
                await asyncio.sleep(0.05)
        yield address


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(f"{address}/healthz")).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("kind", ["nginx", "tcp"])
async def test_without_token_a_proxied_tab_is_a_viewer(
    server: DashboardServer, kind: str, tmp_path: Path
) -> None:
    async with proxied(kind, server.origin, tmp_path) as address, RawTab(address) as tab:
        await tab.until(lambda: tab.value(SessionState, "role"))
        assert tab.value(SessionState, "role") == "viewer"
        assert tab.value(SessionState, "barred") == READ_ONLY_ON_LOOPBACK
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{address}/api/audit?format=csv")).status_code == 403


@pytest.mark.parametrize("kind", ["nginx", "tcp"])
async def test_login_works_through_a_proxy(dashboard: StartDashboard, kind: str, tmp_path: Path) -> None:
    server = dashboard(**TOKENS)
    async with proxied(kind, server.origin, tmp_path) as address:
        host = {"Host": address.removeprefix("http://")}
        async with httpx.AsyncClient(base_url=address, follow_redirects=True, headers=host) as client:
            cookie = {b"Cookie": 'prefs={"a":1}; city=Köln'.encode()}
            answer = await client.post("/login", data={"token": f" {OPERATOR_TOKEN}\n"}, headers=cookie)
            assert answer.url.path == "/ops"
            assert answer.status_code == 200


async def test_login_says_when_the_cookie_does_not_come_back(dashboard: StartDashboard) -> None:
    server = dashboard(**TOKENS)
    async with httpx.AsyncClient(base_url=server.origin) as client:
        answer = await client.post("/login", data={"token": OPERATOR_TOKEN})
        client.cookies.clear()
        told = await client.get("/" + answer.headers["location"])
        assert "did not send back the cookie" in told.text


async def test_two_dashboards_on_one_host_keep_both_sessions(dashboard: StartDashboard) -> None:
    async with httpx.AsyncClient(follow_redirects=True) as browser:
        servers = [dashboard(**TOKENS), dashboard(**TOKENS)]
        for server in servers:
            await browser.post(f"{server.origin}/login", data={"token": OPERATOR_TOKEN})
        for server in servers:
            answer = await browser.get(server.url)
            assert answer.url.path == "/ops"
