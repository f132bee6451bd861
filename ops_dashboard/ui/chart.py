"""Charts over time, drawn in the browser from its own copy of the history; see ``assets/ops_chart.jsx``."""

from collections.abc import Sequence
from typing import Literal

import reflex as rx

from ops_dashboard.domain.views.chart import ChartView, Mark

Kind = Literal["line", "area"]
"""How the values are drawn. Bars and donuts, which compare and do not run over time, will be kinds of their own."""


class Chart(rx.Component):
    """The chart as a figure. Recharts is not part of the page: it is loaded when a chart comes near the screen."""

    library = "$/public/ops_chart"
    tag = "Chart"
    lib_dependencies: list[str] = ["recharts@3.10.1"]  # noqa: RUF012 - a field of the parent

    view: rx.Var[ChartView]
    range: rx.Var[str]
    compare: rx.Var[bool]
    marks: rx.Var[Sequence[Mark]]
    height: rx.Var[int]
    kind: rx.Var[str]
    sync: rx.Var[str]
    compact: rx.Var[bool]


def chart(
    view: rx.Var[ChartView],
    *,
    range: rx.Var[str],
    compare: rx.Var[bool],
    marks: rx.Var[Sequence[Mark]],
    height: int = 220,
    kind: Kind = "line",
    sync: str = "ops",
    compact: bool = False,
) -> rx.Component:
    """The figure named by the title of ``view``: legend, picture or table, and a sentence that says it in words.

    While ``view`` has no lines it waits; with a note but no lines, the note says why there is nothing.

    Args:
        view: which series are drawn, and what they mean. The points come from ``/api/history``, and then by
            :func:`~ops_dashboard.ui.history_ticks.history_ticks`.
        range: "1h", "6h", "24h" or "7d".
        compare: draw the period before as faint lines, too.
        marks: what is worth a mark, of any series; those of other charts are left out.
        height: of the picture, px; title, legend and sentence take about 70 px more.
        kind: lines, or areas down to zero.
        sync: charts of the same name and range show their crosshair together.
        compact: for charts in a row: the sentence is for screen readers alone, and one line has no legend.
    """
    return Chart.create(
        view=view,
        range=range,
        compare=compare,
        marks=marks,
        height=height,
        kind=kind,
        sync=sync,
        compact=compact,
    )
