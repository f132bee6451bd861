"""Actions: one request, and what is known of its outcome."""

from typing import Any

import httpx
import pytest
import respx
from pydantic import SecretStr

from ops_dashboard.backend.actions import Done, Outcome, Refused, Unknown, post
from ops_dashboard.backend.client import BackendClient
from tests.unit.backend.failing import TOKEN

CLEAR = "/api/monitoring/cache/clear"
NOT_KNOWN = "; whether the request took effect is not known."


async def outcome(respx_mock: respx.MockRouter, token: str | None = TOKEN, **answer: Any) -> Outcome:
    """What is said of this answer; the request was made once, wherever it led."""
    route = respx_mock.post(f"http://host{CLEAR}")
    route.mock(side_effect=answer["failure"]) if "failure" in answer else route.respond(**answer)
    client = BackendClient("http://host", SecretStr(token) if token else None)
    said = await post(client, CLEAR)
    await client.aclose()
    assert respx_mock.calls.call_count == 1
    return said


@pytest.mark.parametrize("body", [{"cleared_keys": 12}, {}, [], "OK"], ids=repr)
async def test_an_answer_of_success_is_handed_on_whatever_it_holds(
    body: object, respx_mock: respx.MockRouter
) -> None:
    assert await outcome(respx_mock, status_code=200, json=body) == Done(body)


async def test_a_success_without_a_body_is_one(respx_mock: respx.MockRouter) -> None:
    assert await outcome(respx_mock, status_code=204) == Done(None, 204)


async def test_it_sends_the_token(respx_mock: respx.MockRouter) -> None:
    await outcome(respx_mock, status_code=204)
    assert respx_mock.calls.last.request.headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("status", "why", "words"),
    [
        (400, "bad_request", "did not accept the request (HTTP 400: Because.)"),
        (401, "unauthorized", "refused the token (HTTP 401: Because.)"),
        (403, "unauthorized", "does not let this token make the call (HTTP 403: Because.)"),
        (404, "not_offered", "does not offer this call (HTTP 404: Because.)"),
        (405, "not_offered", "does not offer this call (HTTP 405: Because.)"),
        (409, "refused", "did not accept the request (HTTP 409: Because.)"),
        (429, "rate_limited", "asks for fewer calls (HTTP 429: Because.)"),
        (503, "refused", "is not able to answer for the moment (HTTP 503: Because.)"),
    ],
)
async def test_a_refusal_says_why(status: int, why: str, words: str, respx_mock: respx.MockRouter) -> None:
    said = await outcome(respx_mock, status_code=status, json={"detail": "Because."})
    assert said == Refused(why, f"The backend {words}.", status)  # type: ignore[arg-type]


async def test_a_missing_token_is_named(respx_mock: respx.MockRouter) -> None:
    said = await outcome(respx_mock, token=None, status_code=401)
    assert said == Refused(
        "unauthorized", "The backend wants a token; set OPS_BACKEND_TOKEN (HTTP 401).", 401
    )


async def test_a_token_that_is_echoed_is_blotted_out(respx_mock: respx.MockRouter) -> None:
    said = await outcome(respx_mock, status_code=403, json={"detail": f"{TOKEN} may not"})
    assert isinstance(said, Refused)
    assert TOKEN not in said.sentence


@pytest.mark.parametrize(
    "answer",
    [
        {"failure": httpx.ReadTimeout("late")},
        {"failure": httpx.ReadError("reset after sending")},
        {"failure": httpx.RemoteProtocolError("gone")},
        {"status_code": 500, "html": "<h1>Internal Server Error</h1>"},
        {"status_code": 502},
        {"status_code": 200, "html": "<h1>Sign in</h1>"},
        {"status_code": 200, "text": '{"cleared_keys": 1'},
        {"status_code": 302, "headers": {"Location": "http://login.example/"}},
        {"status_code": 303, "headers": {"Location": "/result"}},
    ],
    ids=lambda answer: str(answer.get("status_code") or type(answer["failure"]).__name__),
)
async def test_what_may_have_taken_effect_is_unknown(
    answer: dict[str, Any], respx_mock: respx.MockRouter
) -> None:
    said = await outcome(respx_mock, **answer)
    assert isinstance(said, Unknown)
    assert said.sentence.endswith(NOT_KNOWN)
    assert "<" not in said.sentence


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ConnectTimeout("late")], ids=repr)
async def test_what_was_never_sent_is_known_not_to_be_done(
    failure: httpx.TransportError, respx_mock: respx.MockRouter
) -> None:
    said = await outcome(respx_mock, failure=failure)
    assert isinstance(said, Refused)
    assert (said.why, said.status) == ("refused", None)
