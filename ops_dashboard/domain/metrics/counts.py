"""Maps of names to counts."""

from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from ops_dashboard.domain.metrics.collections import map_of
from ops_dashboard.domain.metrics.fields import Amount, Report, reported


class _Count(Report):
    n: Amount = reported("n")


def _read(value: object, info: ValidationInfo) -> object:
    wrapped = {k: {"n": v} for k, v in value.items()} if isinstance(value, dict) else value
    entries = map_of(_Count)(wrapped, info)
    if not isinstance(entries, dict):
        return None
    return {name: entry.n for name, entry in entries.items()}


Counts = Annotated[dict[str, float | None] | None, BeforeValidator(_read)]
"""``{name: count}``; the count is None where none can be read, which is counted as a surprise."""
