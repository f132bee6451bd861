"""The token shows nowhere: not in names, sentences, causes or logs."""

import logging
import traceback

import httpx
import pytest
import respx
from pydantic import SecretStr

from ops_dashboard.backend.client import BackendClient
from tests.unit.backend.failing import TOKEN, failure_of
from tests.unit.backend.raw_server import raw_server, says

ANSWERS = {
    "an echo in a detail": httpx.Response(401, json={"detail": f"Invalid token {TOKEN}"}),
    "an echo in a list": httpx.Response(422, json={"detail": [{"loc": [TOKEN], "msg": TOKEN}]}),
    "an echo in a redirect": httpx.Response(302, headers={"Location": f"http://{TOKEN}.example/"}),
    "an echo in bad JSON": httpx.Response(200, text=f"Bearer {TOKEN}"),
    "an echo in a web page": httpx.Response(200, html=f"<p>{TOKEN}"),
}


def told(error: BaseException | None) -> str:
    """All that an error and whatever led to it would say of themselves."""
    words = []
    while error is not None:
        words += [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(words)


def client_of(url: str = "http://host") -> BackendClient:
    return BackendClient(url, SecretStr(TOKEN))


async def test_the_client_names_itself_by_its_address() -> None:
    client = client_of("http://host/prefix/")
    await client.aclose()
    assert repr(client) == str(client) == "BackendClient('http://host/prefix/')"


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
async def test_an_answer_that_repeats_the_token_is_not_repeated(
    answer: httpx.Response, respx_mock: respx.MockRouter
) -> None:
    respx_mock.get("http://host/x").mock(return_value=answer)
    assert TOKEN not in told(await failure_of(client_of(), auth=True))


@pytest.mark.parametrize(
    "kind", [httpx.ConnectError, httpx.ReadError, httpx.LocalProtocolError, httpx.ReadTimeout]
)
async def test_a_failure_that_holds_the_token_is_not_kept(
    kind: type[httpx.TransportError], respx_mock: respx.MockRouter
) -> None:
    respx_mock.get("http://host/x").mock(side_effect=kind(f"Illegal header value b'Bearer {TOKEN}'"))
    error = await failure_of(client_of(), auth=True)
    assert TOKEN not in told(error)
    assert error.__cause__ is None and error.__context__ is None


async def test_a_line_that_is_not_http_and_repeats_the_token_is_not_kept() -> None:
    async with raw_server(says(f"HTTP? {TOKEN}\r\n\r\n".encode())) as at:
        assert TOKEN not in told(await failure_of(client_of(f"http://{at}"), auth=True))


async def test_no_log_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    for name in (None, "httpx", "httpcore"):  # whatever a test of the log has made of them
        caplog.set_level(logging.DEBUG, name)
    async with raw_server(says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as at:
        client = client_of(f"http://{at}")
        await client.get("/x", auth=True)
        await client.aclose()
    assert "HTTP/1.1 200 OK" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "token", [f"\n{TOKEN}", f"{TOKEN}\r\nX: y", f"{TOKEN}é", f"{TOKEN} ", f"\u200b{TOKEN}"]
)
def test_a_token_that_cannot_be_sent_is_refused_without_being_told(token: str) -> None:
    with pytest.raises(ValueError, match="OPS_BACKEND_TOKEN") as refused:
        BackendClient("http://host", SecretStr(token))
    assert TOKEN not in told(refused.value)
