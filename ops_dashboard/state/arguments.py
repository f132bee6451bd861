"""What a browser sends as the arguments of a handler, held against the handler's annotations."""

import inspect
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY, FormData

MOST_TEXT = 64 * 1024
"""Characters of all arguments together, as JSON."""

_FORM_ENTRIES = TypeAdapter(list[tuple[str, str]])


def problem(handler: Callable[..., Any], payload: Mapping[str, Any]) -> str:
    """Why ``handler`` must not be called with these arguments; empty when it may. It repeats no value."""
    taken = _parameters(handler)
    if unknown := payload.keys() - taken.keys():
        return f"{len(unknown)} unknown arguments"
    if missing := [name for name, (_, needed) in taken.items() if needed and name not in payload]:
        return f"without {', '.join(missing)}"
    if _text_of(payload) is None:
        return "arguments that are too long, too deep or no JSON"
    for name, value in payload.items():
        # As JSON: there a list may be a tuple, but no text a number.
        text = _text_of(value)
        if text is None or not _is_fit(taken[name][0], text) or not _is_form(value):
            return f"{name} is not what it must be"
    return ""


@cache
def _parameters(handler: Callable[..., Any]) -> dict[str, tuple[TypeAdapter[Any], bool]]:
    """For each argument how it is checked, and whether it must be there."""
    hints = get_type_hints(handler)
    names = list(inspect.signature(handler).parameters.values())[1:]
    return {
        one.name: (_adapter(hints.get(one.name, Any)), one.default is inspect.Parameter.empty)
        for one in names
    }


def _adapter(hint: Any) -> TypeAdapter[Any]:
    kind = get_origin(hint) or hint
    return TypeAdapter(dict[str, Any] if isinstance(kind, type) and issubclass(kind, FormData) else hint)


def _text_of(value: object) -> str | None:
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if len(text) <= MOST_TEXT else None


def _is_fit(adapter: TypeAdapter[Any], text: str) -> bool:
    try:
        adapter.validate_json(text, strict=True)
    except ValidationError:
        return False
    return True


def _is_form(value: object) -> bool:
    """False for a form whose fields are not pairs of texts; true for all that is no form."""
    if not isinstance(value, dict) or FORM_DATA_ENTRIES_KEY not in value:
        return True
    return _is_fit(_FORM_ENTRIES, json.dumps(value[FORM_DATA_ENTRIES_KEY]))
