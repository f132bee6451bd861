"""The kind of value that says by which names browsers reach the dashboard."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from ops_dashboard.setting_values import Accepts, is_host


def _hosts(value: object) -> object:
    if not isinstance(value, str | Sequence):
        return value
    parts = value.split(",") if isinstance(value, str) else value
    names = tuple(dict.fromkeys(str(part).strip().lower().rstrip(".") for part in parts if str(part).strip()))
    if not all(map(is_host, names)):
        raise ValueError
    return names or None


HostNames = Annotated[
    tuple[str, ...] | None,
    NoDecode,
    BeforeValidator(_hosts),
    Accepts("host names separated by commas, without ports, as ops.example.com"),
]
