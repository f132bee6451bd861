"""Statuses that are no answer, each with its own error and sentence."""

import pytest
import respx
from pydantic import SecretStr

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import (
    BackendError,
    BadStatus,
    NotOffered,
    RateLimited,
    Redirected,
    Unauthorized,
)
from tests.unit.backend.failing import TOKEN, failure_of


async def refused(
    mock: respx.MockRouter, *, token: str | None = None, auth: bool = True, **answer: object
) -> BackendError:
    mock.get("http://host/x").respond(**answer)  # type: ignore[arg-type]
    return await failure_of(BackendClient("http://host", SecretStr(token) if token else None), auth=auth)


@pytest.mark.parametrize(
    ("status", "token", "auth", "words"),
    [
        (401, TOKEN, True, "refused the token"),
        (403, TOKEN, True, "does not let this token make the call"),
        (401, None, True, "wants a token; set OPS_BACKEND_TOKEN"),
        (403, None, True, "wants a token; set OPS_BACKEND_TOKEN"),
        (401, TOKEN, False, "wants a token for a call that is expected to be public"),
    ],
)
async def test_it_says_what_is_wrong_with_the_token(
    status: int, token: str | None, auth: bool, words: str, respx_mock: respx.MockRouter
) -> None:
    error = await refused(
        respx_mock, token=token, auth=auth, status_code=status, json={"detail": "Not authenticated"}
    )
    assert isinstance(error, Unauthorized)
    assert error.sentence == f"{words} (HTTP {status}: Not authenticated)"
    assert error.status == status


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_call_it_does_not_know_is_not_offered(status: int, respx_mock: respx.MockRouter) -> None:
    error = await refused(respx_mock, status_code=status, json={"detail": "Not Found"})
    assert isinstance(error, NotOffered)
    assert error.sentence == f"does not offer this call (HTTP {status}: Not Found)"


@pytest.mark.parametrize(
    ("header", "seconds", "words"),
    [
        ("30", 30.0, "asks for fewer calls, the next in 30 s at the earliest (HTTP 429)"),
        ("999999", 300.0, "asks for fewer calls, the next in 300 s at the earliest (HTTP 429)"),
        (
            "Thu, 01 Jan 1970 00:00:00 GMT",
            0.0,
            "asks for fewer calls, the next in 0 s at the earliest (HTTP 429)",
        ),
        ("whenever", None, "asks for fewer calls (HTTP 429)"),
    ],
)
async def test_too_many_calls_carry_the_wish_for_a_pause(
    header: str, seconds: float | None, words: str, respx_mock: respx.MockRouter
) -> None:
    error = await refused(respx_mock, status_code=429, headers={"Retry-After": header})
    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.sentence) == (seconds, words)


async def test_an_unavailable_backend_may_wish_for_a_pause_too(respx_mock: respx.MockRouter) -> None:
    error = await refused(respx_mock, status_code=503, headers={"Retry-After": "12"})
    assert type(error) is BadStatus
    assert error.retry_after == 12
    assert error.sentence == "is not able to answer for the moment (HTTP 503)"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("Internal server error", "failed while answering (HTTP 500: Internal server error)"),
        ({"error": "pool exhausted"}, "failed while answering (HTTP 500: pool exhausted)"),
        ([{"loc": ["a"], "msg": "bad"}], "failed while answering (HTTP 500: a: bad)"),
        ("x" * 1000, f"failed while answering (HTTP 500: {'x' * 199}…)"),
        ("a\x00b\x1b[31m\u202ec", "failed while answering (HTTP 500: abc)"),
    ],
)
async def test_a_detail_of_any_kind_is_told_briefly(
    detail: object, words: str, respx_mock: respx.MockRouter
) -> None:
    error = await refused(respx_mock, status_code=500, json={"detail": detail})
    assert error.sentence == words


async def test_an_error_with_a_huge_body_is_still_told_by_its_status(respx_mock: respx.MockRouter) -> None:
    error = await refused(respx_mock, status_code=500, content=b"x" * (3 * 2**20))
    assert error.sentence == "failed while answering (HTTP 500)"


async def test_a_request_it_does_not_accept_tells_the_field(respx_mock: respx.MockRouter) -> None:
    detail = [{"loc": ["query", "time_window_days"], "msg": "Input should be at most 90"}]
    error = await refused(respx_mock, status_code=422, json={"detail": detail})
    words = "did not accept the request (HTTP 422: time_window_days: Input should be at most 90)"
    assert error.sentence == words


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://login.example.com/sso?session=abc", "a redirect to login.example.com (HTTP 302)"),
        ("/login", "a redirect (HTTP 302)"),
        ("https://user:hunter2@evil.example/", "a redirect to evil.example (HTTP 302)"),
        ("http://host:port/", "a redirect (HTTP 302)"),
        ("ftp://files.example/", "a redirect to files.example (HTTP 302)"),
        ("", "a redirect (HTTP 302)"),
    ],
)
async def test_it_refuses_a_redirect_and_tells_only_its_host(
    location: str, words: str, respx_mock: respx.MockRouter
) -> None:
    error = await refused(respx_mock, token=TOKEN, status_code=302, headers={"Location": location})
    assert isinstance(error, Redirected)
    assert error.sentence == f"answered with {words}, as a login page does; check OPS_BACKEND_URL"
    assert respx_mock.calls.call_count == 1
