"""A backend that repeats the token does not show it to anybody."""

import json

import httpx
import pytest
import respx
from pydantic import SecretStr

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.redaction import redact_data

TOKEN = "Sec/ret-Token_123"
ESCAPED = "".join(f"\\u{ord(char):04x}" for char in TOKEN)


async def body_of(router: respx.MockRouter, content: bytes | str, *, text: bool = False) -> object:
    router.get("http://host/x").mock(return_value=httpx.Response(200, content=content))
    client = BackendClient("http://host", SecretStr(TOKEN))
    try:
        return (await client.get("/x", auth=True, text=text)).body
    finally:
        await client.aclose()


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"message": f"Bearer {TOKEN}"}),
        json.dumps({TOKEN: [1, {"a": f"x{TOKEN}y"}]}),
        json.dumps([TOKEN.upper(), TOKEN.lower(), TOKEN.swapcase()]),
        f'{{"a": "{ESCAPED}"}}',
        json.dumps({"a": TOKEN}).replace("/", "\\/"),
        json.dumps({"a": "\u200b".join(TOKEN)}),
        json.dumps({"a": "\u202e".join(TOKEN)}, ensure_ascii=False),
        json.dumps({"a": f"{TOKEN[:4]}\x1b[31m{TOKEN[4:]}"}),
    ],
)
async def test_data_do_not_hold_the_token(content: str, respx_mock: respx.MockRouter) -> None:
    body = await body_of(respx_mock, content)
    assert "[token]" in json.dumps(body)
    assert TOKEN.lower() not in json.dumps(body).lower()


async def test_texts_do_not_hold_the_token(respx_mock: respx.MockRouter) -> None:
    body = await body_of(respx_mock, f'requests{{path="{TOKEN.upper()}"}} 1', text=True)
    assert body == 'requests{path="[token]"} 1'


async def test_other_data_stay_as_they_are(respx_mock: respx.MockRouter) -> None:
    data = {"a": [1, 2.5, None, True, "naïve\n\u200d text", "token"], "é": {}}
    assert await body_of(respx_mock, json.dumps(data)) == data


@pytest.mark.parametrize("secret", ["", "a", "healthy"])
def test_a_word_that_is_too_short_is_no_secret(secret: str) -> None:
    assert redact_data({"status": "healthy"}, secret) == {"status": "healthy"}
