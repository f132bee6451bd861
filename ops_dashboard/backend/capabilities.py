"""What a backend is able to do, read from its OpenAPI document."""

import re
from dataclasses import dataclass

Operation = tuple[str, str]
"""A method and a path template, such as ``("GET", "/jobs/{id}")``."""

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"})
_PARAMETER = re.compile(r"\{[^{}]*\}")


def _operation(method: str, path: str) -> Operation:
    """What two spellings of one operation share: a parameter's name and a last slash mean nothing."""
    return method.upper(), _PARAMETER.sub("{}", path).rstrip("/") or "/"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The operations of a backend; none and not ``known`` while no OpenAPI document could be read."""

    known: bool = False
    operations: frozenset[Operation] = frozenset()

    def offers(self, method: str, path: str) -> bool | None:
        """Whether the backend has this operation; None when that is not known."""
        return _operation(method, path) in self.operations if self.known else None


def read_capabilities(body: object) -> Capabilities:
    """The capabilities in the body of ``GET /openapi.json``, whatever it is. Never raises.

    A document that lists no operation says nothing: what it keeps to itself may exist all the same.
    """
    paths = body.get("paths") if isinstance(body, dict) else None
    operations = frozenset(
        _operation(method, path)
        for path, item in (paths.items() if isinstance(paths, dict) else ())
        if isinstance(path, str) and isinstance(item, dict)
        for method in item
        if isinstance(method, str) and method.upper() in _METHODS
    )
    return Capabilities(known=bool(operations), operations=operations)
