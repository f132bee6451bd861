"""The browser talks to the origin the page came from, whatever address was baked into the build."""

import json
import subprocess
from pathlib import Path

import pytest
import reflex_base

from ops_dashboard.serving.node import build_environment
from ops_dashboard.serving.same_origin_env import use_page_origin

STATE_JS = (Path(*reflex_base.__path__) / ".templates/web/utils/state.js").read_text(encoding="utf-8")
BAKED = "ws://localhost:8000/_event"


def backend_url(page: str | None, baked: str = BAKED) -> str:
    """Run the function of Reflex that names the backend, as this project changes it, for a page's address."""
    changed = use_page_origin(STATE_JS)
    begin = changed.index("export const getBackendURL")
    function = changed[begin : changed.index("\n};", begin) + 3].removeprefix("export ")
    hosts = next(line for line in changed.splitlines() if line.startswith("const SAME_DOMAIN_HOSTNAMES"))
    helper = changed[changed.index("function atPageOrigin") :]
    window = f"const window = {{ location: new URL({json.dumps(page)}) }};" if page else ""
    script = f"{hosts}\n{helper}\n{window}\n{function}\nconsole.log(getBackendURL({json.dumps(baked)}).href)"
    root = Path(__file__).parents[3]
    result = subprocess.run(
        ["node", "-e", script],
        env=build_environment(root),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("http://127.0.0.1:8300/ops", "ws://127.0.0.1:8300/_event"),
        ("http://ops.example/ops", "ws://ops.example/_event"),
        ("https://ops.example/ops", "wss://ops.example/_event"),
        ("https://ops.example:8443/ops", "wss://ops.example:8443/_event"),
        ("https://localhost:8443/ops", "wss://localhost:8443/_event"),
        ("http://[::1]:9000/ops", "ws://[::1]:9000/_event"),
    ],
)
def test_it_is_the_page_s_own_host_and_port(page: str, expected: str) -> None:
    assert backend_url(page) == expected


def test_requests_over_plain_http_follow_too() -> None:
    assert (
        backend_url("https://localhost:8443/ops", "http://localhost:8000/ping")
        == "https://localhost:8443/ping"
    )


def test_nothing_is_changed_while_pages_are_rendered_at_build_time() -> None:
    assert backend_url(None) == BAKED


def test_changing_it_twice_is_changing_it_once() -> None:
    once = use_page_origin(STATE_JS)
    assert use_page_origin(once) == once


def test_another_version_of_reflex_stops_the_build() -> None:
    with pytest.raises(RuntimeError, match="does not know this version of Reflex"):
        use_page_origin(STATE_JS.replace("new URL(url_str)", "toURL(url_str)"))
