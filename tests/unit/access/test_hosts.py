"""Which host names are answered: a foreign one that was made to lead here is not."""

from typing import Any

import pytest

from ops_dashboard.access.hosts import Hosts
from ops_dashboard.setting_values import is_loopback
from ops_dashboard.settings import Settings

TOKEN = "operator-token-1234"
OWN = [
    "127.0.0.1:8300",
    "localhost:8300",
    "LOCALHOST",
    "localhost.",
    "[::1]:8300",
    "127.9.9.9",
    "192.0.2.7:80",
    "",
]
FOREIGN = [
    "rebound.example:8300",
    "localhost.evil.example",
    "127.0.0.1.evil.example:8300",
    "127.0.0.1:8300.evil.example",
    "evil.example.",
    "[::1",
    ":8300",
]


def answers(asked: str, /, **chosen: Any) -> bool:
    return Hosts(Settings(**chosen)).answers_to(asked)


@pytest.mark.parametrize("host", OWN)
def test_this_machine_is_answered_by_its_names_and_every_address(host: str) -> None:
    assert answers(host)
    assert answers(host, allowed_hosts="ops.example")


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("listening", ["127.0.0.1", "::1", "localhost"])
def test_a_foreign_name_that_leads_to_loopback_is_not_answered(listening: str, host: str) -> None:
    assert not answers(host, host=listening)


@pytest.mark.parametrize(
    "chosen",
    [
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "ops"},
        {"operator_token": TOKEN},
        {"viewer_token": TOKEN},
        {"trusted_proxies": "127.0.0.1"},
    ],
    ids=str,
)
def test_where_others_reach_it_or_log_in_any_name_is_answered_unless_names_are_set(chosen: dict) -> None:
    assert answers("ops.example:8300", **chosen)
    assert answers("rebound.example", **chosen)
    named = {**chosen, "allowed_hosts": "ops.example"}
    assert answers("OPS.example:8300", **named)
    assert not answers("rebound.example", **named)


def test_a_name_that_was_set_is_answered_on_loopback() -> None:
    assert answers("ops.example", allowed_hosts="ops.example, other.example")
    assert not answers("rebound.example", allowed_hosts="ops.example, other.example")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("Localhost.", True), ("0.0.0.0", False), ("ops", False)],
)
def test_loopback_is_known_by_its_address(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
