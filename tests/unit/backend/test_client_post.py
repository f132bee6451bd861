"""Actions: sent once, and honest about what is not known."""

import httpx
import pytest
import respx
from pydantic import SecretStr

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError
from tests.unit.backend.failing import TOKEN

UNKNOWN = "; whether the request took effect is not known"


async def post_error(**options: object) -> BackendError:
    client = BackendClient("http://host")
    with pytest.raises(BackendError) as failed:
        await client.post("/x", **options)  # type: ignore[arg-type]
    await client.aclose()
    return failed.value


async def test_it_sends_json_with_the_token(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post("http://host/x", json={"batch_size": 8}).respond(202, json={"job_id": "7"})
    client = BackendClient("http://host", SecretStr(TOKEN))
    answer = await client.post("/x", json={"batch_size": 8})
    await client.aclose()
    assert (answer.status, answer.body) == (202, {"job_id": "7"})
    assert route.calls.last.request.headers["Authorization"] == f"Bearer {TOKEN}"


async def test_an_answer_without_a_body_is_an_answer(respx_mock: respx.MockRouter) -> None:
    respx_mock.post("http://host/x").respond(204)
    client = BackendClient("http://host")
    assert (await client.post("/x")).body is None
    await client.aclose()


@pytest.mark.parametrize(
    "failure", [httpx.ReadTimeout("late"), httpx.ReadError(""), httpx.RemoteProtocolError("gone")]
)
async def test_a_lost_answer_leaves_the_outcome_unknown(
    failure: httpx.TransportError, respx_mock: respx.MockRouter
) -> None:
    respx_mock.post("http://host/x").mock(side_effect=failure)
    error = await post_error()
    assert error.outcome_unknown
    assert error.sentence.endswith(UNKNOWN)
    assert str(error) == error.sentence
    assert respx_mock.calls.call_count == 1


@pytest.mark.parametrize("answer", [{"status_code": 504}, {"status_code": 500}, {"text": "{"}])
async def test_a_broken_answer_leaves_the_outcome_unknown(
    answer: dict[str, int | str], respx_mock: respx.MockRouter
) -> None:
    respx_mock.post("http://host/x").respond(**answer)  # type: ignore[arg-type]
    assert (await post_error()).sentence.endswith(UNKNOWN)


@pytest.mark.parametrize("status", [400, 401, 404, 422, 429, 503])
async def test_a_refusal_is_a_known_outcome(status: int, respx_mock: respx.MockRouter) -> None:
    respx_mock.post("http://host/x").respond(status)
    error = await post_error()
    assert not error.outcome_unknown
    assert UNKNOWN not in error.sentence


async def test_a_connection_never_made_is_a_known_outcome(respx_mock: respx.MockRouter) -> None:
    respx_mock.post("http://host/x").mock(side_effect=httpx.ConnectError("refused"))
    assert not (await post_error()).outcome_unknown


async def test_every_request_is_counted_by_its_method_however_it_ends(respx_mock: respx.MockRouter) -> None:
    respx_mock.post("http://host/x").respond(204)
    respx_mock.get("http://host/x").mock(side_effect=httpx.ConnectError("refused"))
    client = BackendClient("http://host")
    assert client.requests == {"GET": 0, "POST": 0}
    await client.post("/x")
    for _ in range(2):
        with pytest.raises(BackendError):
            await client.get("/x")
    await client.aclose()
    assert client.requests == {"GET": 2, "POST": 1}
