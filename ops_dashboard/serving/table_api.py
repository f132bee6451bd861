"""The rows of the page's tables: JSON for the page itself and for scripts, CSV for spreadsheets."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, is_span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.table import (
    Cell,
    Column,
    TableSpec,
    TableView,
    foremost,
    over,
    table_rows,
    table_view,
)
from ops_dashboard.serving.csv_file import MEDIA_TYPE, csv_file, iso_moment
from ops_dashboard.serving.json_answer import NO_STORE, json_answer, refused

FORMATS = ("json", "csv")

_SPELLED = {"count": "", "tasks": "", "duration": "s", "rating": "of 5"}
"""Units that are written otherwise, or not at all, behind the heading of a column."""
_EXACT = 2**53
"""Up to here a float holds every whole number."""


def table_routes(snapshot: Callable[[], Snapshot], tables: Mapping[str, TableSpec]) -> list[Route]:
    """Make the route /api/tables/{key}.

    Args:
        snapshot: the newest snapshot, of which the rows are read.
        tables: every table by its key.
    """

    async def rows(request: Request) -> Response:
        asked = request.query_params
        spec, span = tables.get(request.path_params["key"]), asked.get("range", DEFAULT_SPAN)
        if spec is None:
            return refused(f"There is no such table; there are {', '.join(sorted(tables))}.", 404)
        if not is_span(span):
            return refused(f"range must be one of {', '.join(SPANS)}.")
        if asked.get("format", "json") not in FORMATS:
            return refused(f"format must be one of {', '.join(FORMATS)}.")
        known = snapshot()
        spec = over(spec, span)
        found, view = table_rows(spec, known), table_view(spec, known)
        if asked.get("format") != "csv":
            return json_answer(
                {
                    "key": spec.key,
                    "at": view.at,
                    "display": view.display,
                    "note": view.note,
                    "columns": spec.columns,
                    "rows": foremost(spec, found),
                    "total": view.count,
                }
            )
        # A file has every row that was read; of more, its name says so.
        content = csv_file(
            [_heading(column) for column in spec.columns],
            ([_field(*each) for each in zip(row, spec.columns, strict=True)] for row in found),
        )
        name = f'attachment; filename="{_file_name(view, len(found), known)}"'
        return Response(content, media_type=MEDIA_TYPE, headers={**NO_STORE, "Content-Disposition": name})

    return [Route("/api/tables/{key:path}", rows)]


def _file_name(view: TableView, rows: int, known: Snapshot) -> str:
    part = f"-{rows}-of-{view.count}" if rows < view.count else ""
    return f"{view.key}{part}-{datetime.fromtimestamp(view.at or known.at, UTC):%Y%m%dT%H%M%SZ}.csv"


def _heading(column: Column) -> str:
    unit = "UTC" if column.kind == "moment" else _SPELLED.get(column.unit, column.unit)
    return f"{column.title} ({unit})" if unit else column.title


def _field(cell: Cell, column: Column) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, float | int):
        return cell
    if not math.isfinite(cell):
        return None
    if column.kind == "moment":
        return iso_moment(cell)
    return int(cell) if abs(cell) <= _EXACT and cell == int(cell) else cell
