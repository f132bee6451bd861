"""The served dashboard over real sockets: one process, one port."""

import json
import re
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.dashboard_server import DashboardServer, StartDashboard

_STOP_SECONDS = 5


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """One dashboard for the tests that leave it as it is."""
    server = DashboardServer({}, tmp_path_factory.mktemp("dashboard") / "log", fresh=True)
    yield server.start()
    server.close()


def opened(server: DashboardServer, origin: str | None = None, host: str = "") -> ClientConnection:
    """A websocket as the page's script opens it; under the name ``host``, which then leads to the server."""
    at = urlsplit(server.origin)
    address = f"ws://{host or at.netloc}/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}"
    own = Origin(origin) if origin else None
    return connect(
        address, sock=socket.create_connection((at.hostname, at.port)), origin=own, compression="deflate"
    )


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("path", ["/ops", "/ops/", "/ops?status=down"])
def test_the_page_is_served_directly_and_compressed(
    server: DashboardServer, path: str, encoding: str
) -> None:
    for method in ("GET", "HEAD"):
        answer = httpx.request(method, server.origin + path, headers={"Accept-Encoding": encoding})
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "no-cache"
        assert "Accept-Encoding" in answer.headers["vary"]
        assert "server" not in answer.headers


def test_the_page_is_rendered_before_any_script_runs(server: DashboardServer) -> None:
    html = httpx.get(server.url, headers={"Accept-Encoding": "identity"}).text
    assert re.search(r"<h1[^>]*>System operations</h1>", html)


def test_the_page_holds_no_style_sheet_of_its_own_parts(server: DashboardServer) -> None:
    """After each the browser styles the whole page anew: what is drawn has classes or attributes instead."""
    html = httpx.get(server.url, headers={"Accept-Encoding": "identity"}).text
    assert "<style" not in html


def test_the_root_leads_to_the_page(server: DashboardServer) -> None:
    assert httpx.get(server.origin).headers["location"] == "ops"
    assert str(httpx.get(server.origin, follow_redirects=True).url) == server.url


def test_every_asset_of_the_page_is_there_and_kept(server: DashboardServer) -> None:
    html = httpx.get(server.url, headers={"Accept-Encoding": "identity"}).text
    assets = set(re.findall(r"/assets/[\w.~-]+\.(?:js|css)", html))
    assert assets
    for asset in assets:
        answer = httpx.get(server.origin + asset, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        again = httpx.get(
            server.origin + asset,
            headers={"If-None-Match": answer.headers["etag"], "Accept-Encoding": "gzip"},
        )
        assert again.status_code == 304


@pytest.mark.parametrize("path", ["/nope", "/api/nope", "/assets/nope.js", "/ops/nope"])
def test_an_unknown_path_is_not_found(server: DashboardServer, path: str) -> None:
    assert httpx.get(server.origin + path).status_code == 404


def test_no_other_site_may_read_the_snapshot(server: DashboardServer) -> None:
    answer = httpx.get(
        f"{server.origin}/api/snapshot", headers={"Origin": "http://evil.example", "Cookie": "a=b"}
    )
    assert "access-control-allow-origin" not in answer.headers


def test_the_websocket_is_open_to_the_page_s_own_origin_only(server: DashboardServer) -> None:
    for own in (server.origin, None):
        with opened(server, own) as socket_:
            assert json.loads(str(socket_.recv(timeout=5))[1:])["pingInterval"] == 10_000
            assert socket_.response is not None
            assert "sec-websocket-extensions" not in socket_.response.headers
    with pytest.raises(InvalidStatus) as refused:
        opened(server, "http://evil.example")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/ops", "/api/snapshot", "/healthz", "/assets/nope.js"])
def test_a_name_that_was_made_to_lead_here_gets_nothing(server: DashboardServer, path: str) -> None:
    for host, status in (("rebound.example:8300", 421), ("localhost", 200), ("192.0.2.7", 200)):
        # A page of such a name could send these headers, too.
        headers = {"Host": host, "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}
        answer = httpx.get(server.origin + path, headers=headers)
        assert answer.status_code in (status, 404 if status == 200 else status)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_name_that_was_made_to_lead_here_opens_no_websocket(
    server: DashboardServer, dashboard: StartDashboard
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        opened(server, "http://rebound.example", "rebound.example")
    assert refused.value.response.status_code == 421
    named = dashboard(OPS_ALLOWED_HOSTS="rebound.example")
    with opened(named, "http://rebound.example", "rebound.example") as socket_:
        assert socket_.recv(timeout=5)


def test_it_stops_in_time_with_an_open_websocket(dashboard: StartDashboard) -> None:
    server = dashboard()
    with opened(server) as socket_:
        socket_.recv(timeout=5)
        assert server.stop(within=_STOP_SECONDS) in (0, -signal.SIGTERM)
    assert "level=error" not in server.output()
    assert "Traceback" not in server.output()


def test_it_starts_again_on_the_same_port_after_a_crash(dashboard: StartDashboard) -> None:
    server = dashboard()
    origin = server.origin
    with opened(server):
        server.kill()
    server.start()
    assert server.origin == origin


def test_two_dashboards_serve_one_build_on_two_ports(
    server: DashboardServer, dashboard: StartDashboard
) -> None:
    first, second = server, dashboard()
    assert first.origin != second.origin
    assert httpx.get(first.url).text == httpx.get(second.url).text


def test_it_runs_from_any_directory_without_node(built: None, tmp_path: Path) -> None:
    server = DashboardServer({"PATH": ""}, tmp_path / "log", directory=tmp_path, fresh=True)
    try:
        server.start()
        assert httpx.get(server.url).status_code == 200
    finally:
        server.close()
    assert {path.name for path in tmp_path.iterdir()} == {"log", "log.data"}, "and leaves nothing else behind"


def test_a_taken_port_ends_the_start_with_one_sentence(built: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "ops_dashboard", "serve", "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert f"ops-dashboard: Cannot listen on 127.0.0.1, port {port}: Address already in use." in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "request_line",
    [
        "GET /a%0ab HTTP/1.1",
        "GET http://evil.example/ops HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET ?x HTTP/1.1",
        "GET /assets?x HTTP/1.1",
        "GET /assets/../ops/index.html HTTP/1.1",
        "GET /assets/%2e%2e/ops/index.html HTTP/1.1",
        "GET /assets/..%2fops/index.html HTTP/1.1",
        "GET //evil.example/.. HTTP/1.1",
        "CONNECT evil.example:80 HTTP/1.1",
        "NONSENSE",
        "GET /_event/ HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket",
        "GET /ops HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
        f"GET /_event/?token={'a' * 20_000} HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket",
    ],
    ids=lambda line: line[:40],
)
def test_whatever_is_asked_the_answer_is_guarded(server: DashboardServer, request_line: str) -> None:
    at = urlsplit(server.origin)
    with socket.create_connection((at.hostname, at.port), timeout=20) as connection:
        connection.sendall(f"{request_line}\r\nHost: {at.netloc}\r\nX: y\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            chunk = connection.recv(65_536)
            assert chunk, "the server ended without an answer"
            head += chunk
    status, *lines = head.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    headers = httpx.Headers([line.split(": ", 1) for line in lines])  # pyright: ignore[reportArgumentType]
    assert not status.startswith("HTTP/1.1 200")
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert "immutable" not in headers["cache-control"]
    assert "//" not in headers.get("location", ""), "a redirect names no host"


def test_foreign_settings_of_the_framework_are_ignored(dashboard: StartDashboard) -> None:
    server = dashboard(
        REFLEX_STATE_MANAGER_MODE="redis",
        REFLEX_FRONTEND_PATH="/other",
        REFLEX_LOGLEVEL="nonsense",
        WEB_CONCURRENCY="many",
    )
    assert httpx.get(server.url).status_code == 200
    for name in ("REFLEX_STATE_MANAGER_MODE", "REFLEX_FRONTEND_PATH", "REFLEX_LOGLEVEL", "WEB_CONCURRENCY"):
        assert f"{name} of the environment is ignored" in server.output()
