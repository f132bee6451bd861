"""Tokens for tests, and logging in with them over HTTP."""

import httpx

OPERATOR_TOKEN = "operator-token-of-a-test"
VIEWER_TOKEN = "viewer-token-of-a-test"
TOKENS = {"OPS_OPERATOR_TOKEN": OPERATOR_TOKEN, "OPS_VIEWER_TOKEN": VIEWER_TOKEN}


def logged_in(origin: str, token: str, name: str = "") -> str:
    """The cookie of a new session, as a browser would send it."""
    answer = httpx.post(f"{origin}/login", data={"token": token, "name": name})
    assert answer.status_code == 303, answer.text
    return answer.headers["set-cookie"].partition(";")[0]


def logged_out(origin: str, cookie: str) -> None:
    """End the session."""
    assert httpx.post(f"{origin}/logout", headers={"Cookie": cookie}).status_code == 303
