"""Values put by hand into bodies, addressed by dotted paths such as ``performance.error_rate``."""

from typing import Any


def put(body: Any, path: list[str], value: Any) -> Any:
    """``body`` with ``value`` at ``path``; the original is left alone.

    Missing keys of objects are made. Raises ValueError with a sentence for people where the path leads
    through a plain value or beyond a list.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(body, dict):
        return {**body, step: put(body.get(step, {}), rest, value)}
    if isinstance(body, list):
        if not step.isdecimal() or int(step) >= len(body):
            raise ValueError(f"there is no entry {step!r} in a list of {len(body)}")
        index = int(step)
        return [*body[:index], put(body[index], rest, value), *body[index + 1 :]]
    raise ValueError(f"{step!r} would be inside a plain value")


def put_all(body: Any, call: str, overrides: dict[str, Any]) -> Any:
    """``body`` of ``call`` with every override that is meant for it and still fits it."""
    for path, value in overrides.items():
        name, *rest = path.split(".")
        if name != call:
            continue
        try:
            body = put(body, rest, value)
        except ValueError:
            continue  # checked when it was set; a list has become shorter since
    return body
