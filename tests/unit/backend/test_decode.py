"""From the bytes of an answer to data."""

import json
import math

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.backend.decode import decode
from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.receive import Reply


def reply(content: bytes, fault: str = "", kind: str = "application/json", status: int = 200) -> Reply:
    return Reply(status, httpx.Headers({"Content-Type": kind}), content, fault)


def sentence(content: bytes, *, text: bool = False, kind: str = "application/json") -> str:
    with pytest.raises(BadBody) as refused:
        decode(reply(content, kind=kind), text=text)
    return refused.value.sentence


@pytest.mark.parametrize("body", [{"a": [1, None, "ü"]}, [], "text", 7, None, True])
def test_json_is_data(body: object) -> None:
    assert decode(reply(json.dumps(body).encode())) == body


def test_nan_and_infinity_are_left_to_the_parser() -> None:
    body = decode(reply(b'{"a": NaN, "b": Infinity, "c": -Infinity}'))
    assert isinstance(body, dict)
    assert math.isnan(body["a"]) and (body["b"], body["c"]) == (math.inf, -math.inf)


def test_an_absurdly_long_integer_does_not_cost_its_neighbours() -> None:
    digits = b"9" * 10_000
    assert decode(reply(b'{"a": ' + digits + b', "b": -' + digits + b', "c": 1}')) == {
        "a": math.inf,
        "b": -math.inf,
        "c": 1,
    }


def test_a_status_without_a_body_has_none() -> None:
    assert decode(reply(b"", status=204)) is None


@pytest.mark.parametrize("content", [b'{"a": 1', b'{"a": "b', b'{"a":', b'[{"a": 1}, ', b'{"a": 1,'])
def test_json_that_stops_is_cut_short(content: bytes) -> None:
    assert "cut short" in sentence(content)


@pytest.mark.parametrize("content", [b"hello", b'{"a": oops}', b"{'a': 1}", b'{"a": 1} {"b": 2}'])
def test_other_text_is_not_json(content: bytes) -> None:
    assert "not JSON" in sentence(content)


@pytest.mark.parametrize("content", [b"", b" \r\n"])
def test_an_empty_answer_is_called_empty(content: bytes) -> None:
    assert "empty" in sentence(content)


@pytest.mark.parametrize("content", [b"<!doctype html><p>Log in", b"\xef\xbb\xbf\n <html>", b"<?xml?>"])
@pytest.mark.parametrize("text", [True, False])
def test_markup_is_a_web_page_whatever_it_calls_itself(content: bytes, text: bool) -> None:
    assert "web page" in sentence(content, text=text)


def test_a_page_that_says_it_is_html_is_a_web_page() -> None:
    assert "web page" in sentence(b"Please log in", kind="text/html; charset=utf-8")


@pytest.mark.parametrize("text", [True, False])
def test_broken_characters_are_named(text: bool) -> None:
    assert "not UTF-8" in sentence(b'{"a": "\xff\xfe\xfa"}', text=text)


def test_deep_nesting_is_refused() -> None:
    assert "nested too deeply" in sentence(b"[" * 200_000)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_json_is_read_in_whichever_unicode_it_comes(encoding: str) -> None:
    assert decode(reply('{"a": "ü"}'.encode(encoding), kind="application/json; charset=latin-1")) == {
        "a": "ü"
    }


def test_json_in_utf_7_is_just_ascii() -> None:
    said = reply(b'{"a": "+ADw-script+AD4-"}', kind="application/json; charset=utf-7")
    assert decode(said) == {"a": "+ADw-script+AD4-"}


def test_a_byte_order_mark_is_no_part_of_a_text() -> None:
    assert decode(reply("\ufeffup 1\n".encode()), text=True) == "up 1\n"


def test_of_a_field_that_is_told_twice_the_last_one_counts() -> None:
    assert decode(reply(b'{"status": "ok", "status": "down"}')) == {"status": "down"}


def test_text_is_given_as_it_is() -> None:
    assert decode(reply(b"up 1\n"), text=True) == "up 1\n"


@pytest.mark.parametrize("content", [b'{"a": 1}', b"[1]"])
def test_an_object_that_came_in_whole_outlives_its_connection(content: bytes) -> None:
    assert decode(reply(content, fault="broke off")) == json.loads(content)


@pytest.mark.parametrize(("content", "text"), [(b'{"a": 1', False), (b"12", False), (b"up 1\n", True)])
def test_what_may_be_only_a_part_is_refused_with_its_connection(content: bytes, text: bool) -> None:
    with pytest.raises(BadBody, match="broke off"):
        decode(reply(content, fault="broke off"), text=text)


@given(st.binary(), st.booleans())
def test_any_bytes_are_data_or_a_bad_body(content: bytes, text: bool) -> None:
    try:
        decode(reply(content), text=text)
    except BadBody as error:
        assert error.sentence
