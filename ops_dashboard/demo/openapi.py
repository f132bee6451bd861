"""The OpenAPI description of a table of calls."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ops_dashboard import __version__

if TYPE_CHECKING:
    from ops_dashboard.demo.calls import Call

_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


def document(calls: "Iterable[Call]") -> dict[str, Any]:
    """An OpenAPI 3.1 document that lists exactly these calls."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        path = _PARAMETER.sub(r"{\1}", call.path)
        paths.setdefault(path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Ops dashboard demo backend", "version": __version__},
        "paths": paths,
        "components": {"securitySchemes": {"HTTPBearer": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(call: "Call") -> dict[str, Any]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(call.path)
    ]
    in_query = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {"type": "string" if name == "time_range" else "integer"},
        }
        for name in call.query
    ]
    return {
        "operationId": call.name,
        "summary": (call.answers.__doc__ or "").partition("\n")[0],
        "parameters": in_path + in_query,
        "security": [] if call.public else [{"HTTPBearer": []}],
        "responses": {str(call.status): {"description": "The answer"}},
    }
