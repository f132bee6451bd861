"""Who makes a request, told from its headers and the settings."""

from typing import Any

import pytest

from ops_dashboard.access.door import Door, Visitor
from ops_dashboard.settings import Settings
from tests.unit.access.clock import Clock

OPERATOR, VIEWER = "operator-token-1234", "viewer-token-123456"
HERE = {"host": "127.0.0.1:8300"}
PROXY: dict[str, Any] = {"trusted_proxies": "10.0.0.0/8", "user_header": "X-Forwarded-User"}


BACKEND: dict[str, Any] = {"backend_url": "http://api.example"}


def door(**chosen: Any) -> Door:
    return Door(Settings(**chosen), Clock())


@pytest.mark.parametrize("host", ["127.0.0.1:8300", "localhost", "LOCALHOST:80", "[::1]:8300", "127.9.9.9"])
@pytest.mark.parametrize("chosen", [{}, {**BACKEND, "trust_loopback": "yes"}], ids=["demo", "trusted"])
def test_who_asks_on_this_machine_is_an_operator(host: str, chosen: dict[str, Any]):
    assert door(**chosen).visitor({"host": host}) == Visitor("operator")


@pytest.mark.parametrize("host", ["127.0.0.1:8300", "localhost", "[::1]:8300"])
def test_loopback_of_a_real_backend_is_a_viewer(host: str):
    assert door(**BACKEND).visitor({"host": host}) == Visitor("viewer")
    assert door(**BACKEND).could_trust_loopback
    assert not door(**BACKEND, host="0.0.0.0").could_trust_loopback


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": ""},
        {"host": "rebound.example:8300"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "[::1"},
        {**HERE, "x-forwarded-for": "203.0.113.9"},
        {**HERE, "forwarded": "for=203.0.113.9"},
        {**HERE, "x-real-ip": "203.0.113.9"},
    ],
)
def test_by_another_name_or_through_a_proxy_one_is_not_on_this_machine(headers: dict[str, str]):
    assert door().visitor(headers) == Visitor("viewer")


@pytest.mark.parametrize("chosen", [{"host": "0.0.0.0"}, {"host": "::"}, {"trusted_proxies": "127.0.0.1"}])
def test_where_others_can_reach_it_the_host_named_makes_nobody_an_operator(chosen: dict[str, Any]):
    assert door(**chosen).visitor(HERE) == Visitor("viewer")


@pytest.mark.parametrize("chosen", [{"operator_token": OPERATOR}, {"viewer_token": VIEWER}])
def test_with_any_token_nobody_gets_in_without_it(chosen: dict[str, Any]):
    assert door(**chosen).visitor(HERE) == Visitor(None)


def test_a_session_brings_its_role_and_name():
    known = door(operator_token=OPERATOR)
    cookie = {"cookie": f"a=b; {known.cookie}={known.sessions.begin('operator', 'Ada')}; c=d"}
    assert known.visitor(cookie) == Visitor("operator", "Ada", logged_in=True)


@pytest.mark.parametrize("cookie", ["", "=", ";;;", "{name}=", "{name}=x", "\x00", "a" * 100_000])
def test_a_cookie_that_opens_nothing_is_as_good_as_none(cookie: str):
    known = door(operator_token=OPERATOR)
    assert known.visitor({"cookie": cookie.replace("{name}", known.cookie)}) == Visitor(None)


@pytest.mark.parametrize(
    "other",
    [
        "x=1",
        'prefs={"a":1, "b":[2]}',
        "name=Ada Lovelace",
        "city=Köln",
        "a/b=1",
        "me@x=1",
        '"',
        "=",
        "lone",
        'q="a; b',
    ],
)
def test_session_is_found_among_foreign_cookies(other: str):
    known = door()
    assert known.session_id({"cookie": f"{other}; {known.cookie}=abc; {other}"}) == "abc"


@pytest.mark.parametrize(
    "other",
    [{"port": 8302}, {"data_dir": "/var/lib/other"}, {"backend_url": "http://other.example"}],
    ids=str,
)
def test_each_instance_has_a_cookie_of_its_own(other: dict[str, Any]):
    assert door().cookie == door().cookie
    assert door().cookie != door(**other).cookie


def test_who_the_proxy_names_is_an_operator_unless_there_is_a_token_for_that():
    named = {"x-forwarded-user": " Ada\u202e "}
    assert door(**PROXY).visitor(named) == Visitor("operator", "Ada")
    assert door(**PROXY, operator_token=OPERATOR).visitor(named) == Visitor("viewer", "Ada")
    assert door(**PROXY).visitor(HERE) == Visitor(None)


def test_proxied_user_called_like_no_person_has_no_name():
    assert door(**PROXY).visitor({"x-forwarded-user": "The system"}) == Visitor("operator")


def test_who_the_proxy_names_keeps_that_name_when_logged_in():
    known = door(**PROXY, operator_token=OPERATOR)
    id = known.sessions.begin("operator", "somebody else")
    asked = {"x-forwarded-user": "Ada", "cookie": f"{known.cookie}={id}"}
    assert known.visitor(asked) == Visitor("operator", "Ada", logged_in=True)


def test_only_the_tokens_themselves_are_accepted():
    tokens = door(operator_token=OPERATOR, viewer_token=VIEWER).tokens
    assert (tokens.role_of(OPERATOR), tokens.role_of(VIEWER)) == ("operator", "viewer")
    for wrong in ("", OPERATOR[:-1], OPERATOR + "x", OPERATOR.upper(), "\udcff", "x" * 1_000_000):
        assert tokens.role_of(wrong) is None
    assert door().tokens.role_of("") is None
