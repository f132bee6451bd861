"""Which charts a panel has: the series of its figures, the threshold they are held against, their origin."""

from collections.abc import Iterable, Mapping

from ops_dashboard.domain.units import Unit, quantity
from ops_dashboard.domain.views.chart import ChartLine, ChartView, Threshold
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.key_metrics import ERROR_RATE, P50, P95, P99, REQUEST_RATE
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.domain.views.own_calls import FAILING
from ops_dashboard.domain.views.own_calls import P50 as OWN_P50
from ops_dashboard.domain.views.own_calls import P95 as OWN_P95
from ops_dashboard.domain.views.own_calls import P99 as OWN_P99
from ops_dashboard.domain.views.series_keys import series_key

REPORTED = "Reported by the backend."
_OWN_TIMES = {"p50": OWN_P50, "p95": OWN_P95, "p99": OWN_P99}


def chart(
    key: str,
    title: str,
    unit: Unit,
    lines: Mapping[str, Figure],
    thresholds: Mapping[str, float] | None = None,
) -> ChartView:
    """A chart of ``lines``, figures by the names they have in the legend, and ``thresholds`` by what they are.

    A figure that this backend does not report has no line; where none has one, the note says why. One that is
    awaited has: its past may be known from before.
    """
    drawn = {label: f for label, f in lines.items() if f.value is not None or f.display == "waiting"}
    notes = dict.fromkeys(_note(figure) for figure in (drawn or lines).values())
    return ChartView(
        key=key,
        title=title,
        unit=unit,
        lines=tuple(
            ChartLine(series_key(figure), label, figure.display == "value") for label, figure in drawn.items()
        ),
        thresholds=tuple(_threshold(value, name, unit) for name, value in (thresholds or {}).items()),
        note=" ".join(notes),
    )


def performance_charts(performance: Iterable[Figure], database: Iterable[Figure]) -> tuple[ChartView, ...]:
    """Response times, request rate, error rate and query time.

    Where the users' times or errors are missing, those of the own calls are drawn under a title that says so.
    """
    by_key = {figure.key: figure for figure in (*performance, *database)}
    own = {label: by_key[key] for label, key in _OWN_TIMES.items() if key in by_key}
    times = {label: by_key[spec.key] for label, spec in (("p50", P50), ("p95", P95), ("p99", P99))}
    errors = {"errors": by_key[ERROR_RATE.key]}
    return (
        chart("response", "Response time of own calls", "ms", own)
        if own
        else chart("response", "Response time", "ms", times, _limits(threshold=P95.warn)),
        chart("requests", "Request rate", "/s", {"requests": by_key[REQUEST_RATE.key]}),
        chart("errors", "Own calls failing", "%", {"failing": by_key[FAILING]})
        if FAILING in by_key
        else chart("errors", "Error rate", "%", errors, _limits(threshold=ERROR_RATE.warn)),
        chart("queries", "Database query time", "ms", {"average": by_key["database.avg_query_time_ms"]}),
    )


def module_charts(tile: Tile) -> tuple[ChartView, ...]:
    """Response time and errors of one module."""
    return (
        chart("module_response", "Response time", "ms", {"response time": tile.response}),
        chart("module_errors", "Errors", "count", {"errors": tile.errors}),
    )


def _limits(**limits: float | None) -> dict[str, float]:
    return {name: value for name, value in limits.items() if value is not None}


def _threshold(value: float, name: str, unit: Unit) -> Threshold:
    limit = quantity(value, unit)
    return Threshold(value, f"{name} {limit.text} {limit.unit}".strip())


def _note(figure: Figure) -> str:
    if figure.value is None:
        return figure.note
    return REPORTED if figure.origin == "reported" else figure.origin_note
