"""The dashboard with tokens, over real sockets: what is open, logging in and out, and the headers."""

import base64
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN, logged_in, logged_out
from tests.raw_tab import RawTab

READ = (
    "/metrics",
    "/api/snapshot",
    "/api/alerts",
    "/api/history?range=1h&keys=x",
    "/demo/control",
    "/ping",
    "/nope",
)


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard that wants a login."""
    server = DashboardServer(TOKENS, tmp_path_factory.mktemp("closed") / "log")
    yield server.start()
    server.close()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/login", "/favicon.svg", "/tokens.css"])
def test_what_is_open_needs_no_login(server: DashboardServer, path: str) -> None:
    assert httpx.get(server.origin + path).status_code in (200, 503)


def test_a_page_leads_to_the_login_and_that_back_to_it(server: DashboardServer) -> None:
    asked = httpx.get(f"{server.origin}/ops?range=6h&module=search")
    assert asked.status_code == 303
    form = httpx.get(f"{server.origin}/{asked.headers['location']}")
    assert form.status_code == 200
    hidden = re.search(r'name="next" value="([^"]*)"', form.text)
    assert hidden is not None
    data = {"token": VIEWER_TOKEN, "next": hidden[1].replace("&amp;", "&")}
    answer = httpx.post(f"{server.origin}/login", data=data)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    led = httpx.get(f"{server.origin}/{answer.headers['location']}", headers={"Cookie": cookie})
    assert led.headers["location"] == "ops?range=6h&module=search"


@pytest.mark.parametrize("path", READ)
def test_a_route_says_to_log_in_first(server: DashboardServer, path: str) -> None:
    answer = httpx.get(server.origin + path)
    assert answer.status_code == 401
    assert "Log in first" in answer.json()["error"]


@pytest.mark.parametrize("token", [VIEWER_TOKEN, OPERATOR_TOKEN])
def test_a_script_reads_with_a_token(server: DashboardServer, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("/api/snapshot", "/metrics"):
        assert httpx.get(server.origin + path, headers=headers).status_code == 200


def test_only_an_operator_changes_the_demo(server: DashboardServer) -> None:
    for token, status in ((VIEWER_TOKEN, 403), (OPERATOR_TOKEN, 200)):
        cookie = logged_in(server.origin, token)
        answer = httpx.post(
            f"{server.origin}/demo/control", json={"scenario": "healthy"}, headers={"Cookie": cookie}
        )
        assert answer.status_code == status


def test_the_cookie_is_kept_from_scripts_and_other_sites(server: DashboardServer) -> None:
    answer = httpx.post(f"{server.origin}/login", data={"token": VIEWER_TOKEN})
    attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= attributes
    assert "secure" not in attributes


def test_behind_tls_the_cookie_is_secure_and_tls_is_asked_for(dashboard: StartDashboard) -> None:
    server = dashboard(**TOKENS, OPS_TRUSTED_PROXIES="127.0.0.1")
    answer = httpx.post(
        f"{server.origin}/login", data={"token": VIEWER_TOKEN}, headers={"X-Forwarded-Proto": "https"}
    )
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_who_is_no_trusted_proxy_is_not_believed(server: DashboardServer) -> None:
    answer = httpx.get(f"{server.origin}/login", headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" not in answer.headers


def test_logging_out_ends_the_session_at_once(server: DashboardServer) -> None:
    cookie = logged_in(server.origin, OPERATOR_TOKEN)
    assert httpx.get(server.url, headers={"Cookie": cookie}).status_code == 200
    logged_out(server.origin, cookie)
    assert httpx.get(server.url, headers={"Cookie": cookie}).status_code == 303


def test_another_site_logs_nobody_in_or_out(server: DashboardServer) -> None:
    for path in ("/login", "/logout"):
        answer = httpx.post(server.origin + path, headers={"Origin": "http://evil.example"})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_guessing_is_refused_sooner_or_later(dashboard: StartDashboard) -> None:
    server = dashboard(**TOKENS)
    statuses = [httpx.post(f"{server.origin}/login", data={"token": "a guess"}).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    answer = httpx.post(f"{server.origin}/login", data={"token": OPERATOR_TOKEN})
    assert answer.status_code == 303, "who has the right token does not wait for the guesses of others"
    guess = {"Authorization": "Bearer a guess"}
    guessed = [httpx.get(f"{server.origin}/metrics", headers=guess) for _ in range(20)]
    refused = next(one for one in guessed if one.status_code == 429)
    assert int(refused.headers["retry-after"]) >= 1
    right = httpx.get(f"{server.origin}/metrics", headers={"Authorization": f"Bearer {VIEWER_TOKEN}"})
    assert right.status_code == 200
    assert "a guess" not in server.output()


def test_a_restart_ends_every_session(dashboard: StartDashboard) -> None:
    server = dashboard(**TOKENS)
    cookie = logged_in(server.origin, VIEWER_TOKEN)
    server.stop()
    server.start()
    assert httpx.get(server.url, headers={"Cookie": cookie}).status_code == 303


def test_every_answer_carries_the_policy_without_eval(server: DashboardServer) -> None:
    for path in ("/login", "/ops", "/api/snapshot", "/healthz", "/nope"):
        policy = httpx.get(server.origin + path).headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts is not None
        assert "unsafe-inline" not in scripts[1]


def test_the_policy_lets_the_inline_scripts_of_the_page_run(server: DashboardServer) -> None:
    cookie = logged_in(server.origin, VIEWER_TOKEN)
    answer = httpx.get(server.url, headers={"Cookie": cookie})
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


async def test_a_link_from_another_site_is_followed_once_more_with_the_cookie(
    server: DashboardServer,
) -> None:
    answer = httpx.get(server.url, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert 'http-equiv="refresh"' in answer.text
    assert 'href="favicon.svg"' in answer.text, "or browsers ask for another one, which is not there"
    assert "<script" not in answer.text


async def test_a_user_is_believed_of_the_trusted_proxy_alone(dashboard: StartDashboard) -> None:
    header = {"X-Forwarded-User": "Ada"}
    settings = {"OPS_USER_HEADER": "X-Forwarded-User"}
    trusted = dashboard(**settings, OPS_TRUSTED_PROXIES="127.0.0.1")
    assert httpx.get(trusted.url, headers=header).status_code == 200
    assert httpx.get(trusted.url).status_code == 303
    other = dashboard(**settings, OPS_TRUSTED_PROXIES="192.0.2.1")
    for spelling in ("X-Forwarded-User", "X_Forwarded_User"):
        assert httpx.get(other.url, headers={spelling: "Ada"}).status_code == 303
        with pytest.raises(InvalidStatus) as refused:
            await RawTab(other.origin, **{spelling: "Ada"}).connect()
        assert refused.value.response.status_code == 401
