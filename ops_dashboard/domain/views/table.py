"""A table of the page: what its columns mean. Its rows travel apart, to those who look at it."""

import math
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Any, Literal

from ops_dashboard.domain.bounds import MOST_ROWS
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.product import RANGED_SOURCES, of_range
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import Unit
from ops_dashboard.domain.views.figure import Display
from ops_dashboard.domain.views.specs import NOT_REPORTED, without_data

Kind = Literal["text", "code", "number", "moment", "yes"]
"""Plain words · text to be copied exactly, in a fixed width · a number · unix seconds · true or false."""
Cell = str | float | bool | None
"""None is what the backend does not report."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``unit`` is that of a number, and empty for the other kinds."""

    key: str
    title: str
    kind: Kind = "text"
    unit: Unit | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table that is read from one source. ``rows`` gets the source's report; None where that has none."""

    key: str
    title: str
    source: str
    columns: tuple[Column, ...]
    rows: Callable[[Any], Sequence[tuple[Cell, ...]] | None]
    sort: str = ""
    """The column by which it is sorted at first, the greatest first; as reported where empty."""
    empty: str = "Nothing to list."
    """What a table says that was reported without rows."""
    entries: Callable[[Any], Sized | None] | None = None
    """What of the report the rows are made of, one row for each: it tells how many there are without making them."""
    own: Callable[[Snapshot], tuple[Sequence[tuple[Cell, ...]], float]] | None = None
    """For a table of what the dashboard itself knows, instead of a source and its ``rows``: its rows, and when
    they last changed (unix seconds, 0 while they are not known)."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page knows it: everything but its rows.

    ``count`` is how many rows the backend told of: more than there are, where it told of too many to read.
    ``at`` (unix seconds) is when the rows were received: when it changes there may be others.
    """

    key: str
    title: str
    columns: tuple[Column, ...] = ()
    sort: str = ""
    empty: str = ""
    count: int = 0
    at: float = 0.0
    display: Display = "waiting"
    note: str = ""


def table_view(spec: TableSpec, snapshot: Snapshot) -> TableView:
    """The table of ``spec`` as the snapshot knows it."""
    plain = TableView(spec.key, spec.title, spec.columns, spec.sort, spec.empty)
    if spec.own is not None:
        found, at = spec.own(snapshot)
        return _with(plain, "value" if at else "waiting", "", at, len(found))
    nothing = without_data(spec.key, spec.title, snapshot, spec.source)
    if nothing is not None:
        return _with(plain, nothing.display, nothing.note, nothing.at)
    state = snapshot.sources[spec.source]
    found = spec.entries(state.value) if spec.entries else spec.rows(state.value)
    if found is None:
        return _with(plain, "not_reported", NOT_REPORTED, state.received_at)
    return _with(plain, snapshot.display(spec.source), state.reason, state.received_at, total_of(found))


def table_rows(spec: TableSpec, snapshot: Snapshot) -> Sequence[tuple[Cell, ...]]:
    """All rows of ``spec`` that were read, in the order of the backend; none where there is no report."""
    if spec.own is not None:
        return spec.own(snapshot)[0]
    if without_data(spec.key, spec.title, snapshot, spec.source) is not None:
        return ()
    return spec.rows(snapshot.sources[spec.source].value) or ()


def over(spec: TableSpec, span: Span) -> TableSpec:
    """``spec`` for one time range, where its source is read for each; any other stays as it is."""
    return replace(spec, source=of_range(spec.source, span)) if spec.source in RANGED_SOURCES else spec


def foremost(
    spec: TableSpec, rows: Sequence[tuple[Cell, ...]], most: int = MOST_ROWS
) -> Sequence[tuple[Cell, ...]]:
    """As many of ``rows`` as are handed out: where there are more, those that stand first in the table."""
    if len(rows) <= most:
        return rows
    keys = [column.key for column in spec.columns]
    if spec.sort not in keys:
        return rows[:most]
    place = keys.index(spec.sort)
    return nlargest(most, rows, key=lambda row: _rank(row[place]))


def _rank(cell: Cell) -> tuple[int, float, str]:
    if isinstance(cell, str):
        return (2, 0.0, cell)
    return (0, 0.0, "") if cell is None or math.isnan(cell) else (1, cell, "")


def _with(plain: TableView, display: Display, note: str, at: float, count: int = 0) -> TableView:
    return replace(plain, display=display, note=note, at=at, count=count)
