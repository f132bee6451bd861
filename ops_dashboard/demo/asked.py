"""A request as the demo's calls see it, and the two ways to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):
    """The call is refused: an HTTP status and a ``detail``, which may be a string, an object or a list."""

    def __init__(self, status: int, detail: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


@dataclass(frozen=True, slots=True)
class Text:
    """An answer that is not JSON."""

    content: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the parts of its path, its query, and its JSON body (None if it had none)."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """The query parameter ``name`` within [low, high]. Raises Refusal 422 otherwise."""
        given = self.query.get(name)
        if given is None:
            return default
        try:
            number = int(given)
        except ValueError:
            raise invalid(("query", name), "Input should be a valid integer", given) from None
        if not low <= number <= high:
            raise invalid(("query", name), f"Input should be between {low} and {high}", given)
        return number


def invalid(where: tuple[str, ...], message: str, given: Any) -> Refusal:
    """The 422 of a validating framework: a list of findings."""
    return Refusal(422, [{"type": "value_error", "loc": list(where), "msg": message, "input": given}])
