"""Answers in JSON, as all routes for machines give them."""

from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

NO_STORE = {"Cache-Control": "no-store"}


def json_answer(body: Any, status: int = 200) -> Response:
    """Plain data, dataclasses or pydantic models; NaN and infinities, which JSON does not have, become null."""
    content = to_json(body, inf_nan_mode="null")
    return Response(content, status, media_type="application/json", headers=NO_STORE)


def refused(why: str, status: int = 400) -> Response:
    """What was asked cannot be answered; ``why`` is a sentence for whoever asked."""
    return json_answer({"error": why}, status)
