"""Maps of names to counts."""

from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from ops_dashboard.domain.metrics.collections import NamedEntries, map_of
from ops_dashboard.domain.metrics.fields import Amount, Report, reported


class _Count(Report):
    n: Amount = reported("n")


_COUNTED = map_of(_Count, "n", words=True)


def _read(value: object, info: ValidationInfo) -> NamedEntries[float | None] | None:
    entries = _COUNTED(value, info)
    if entries is None:
        return None
    return NamedEntries(((name, entry.n) for name, entry in entries.items()), entries.total)


Counts = Annotated[dict[str, float | None] | None, PlainValidator(_read)]
"""``{name: count}``; the count is None where none can be read, which is counted as a surprise."""
