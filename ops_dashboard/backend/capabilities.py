"""What a backend is able to do, read from its OpenAPI document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Operation = tuple[str, str]
"""A method and a path template, such as ``("GET", "/jobs/{id}")``."""

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"})
_MODULE_CHECK = re.compile(r"/api/(?:v\d+/)?([^/{}]+)(?:/[^/{}]+)*/health/?")
"""A module's own health call: its name stands after ``/api``, or after a version."""
_PARAMETER = re.compile(r"\{[^{}]*\}")


def _operation(method: str, path: str) -> Operation:
    """What two spellings of one operation share: a parameter's name and a last slash mean nothing."""
    return method.upper(), _PARAMETER.sub("{}", path).rstrip("/") or "/"


@dataclass(frozen=True, slots=True)
class Check:
    """The health call of one module, which takes no parameters."""

    path: str
    auth: bool = False
    """Whether it asks for the token."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The operations of a backend; none and not ``known`` while no OpenAPI document could be read."""

    known: bool = False
    operations: frozenset[Operation] = frozenset()
    checks: Mapping[str, Check] = field(default_factory=dict)
    """The health call of each module that has one of its own."""

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
        for path, item in _described(paths)
        for method in item
        if isinstance(method, str) and method.upper() in _METHODS
    )
    checks = {
        found[1]: Check(path, bool(call.get("security")))
        for path, item in sorted(_described(paths), key=lambda found: -len(found[0]))  # the shortest counts
        if isinstance(call := item.get("get"), dict)
        if (found := _MODULE_CHECK.fullmatch(path))
        if not any(_is_required(p) for p in (*_list(item.get("parameters")), *_list(call.get("parameters"))))
    }
    return Capabilities(known=bool(operations), operations=operations, checks=checks)


def _described(paths: object) -> list[tuple[str, dict[object, object]]]:
    pairs = paths.items() if isinstance(paths, dict) else ()
    return [(path, item) for path, item in pairs if isinstance(path, str) and isinstance(item, dict)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_required(parameter: object) -> bool:
    """A reference to a parameter, which is not followed, may be to one that is required."""
    return not isinstance(parameter, dict) or "$ref" in parameter or parameter.get("required") is True
