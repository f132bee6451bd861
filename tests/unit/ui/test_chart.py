"""The chart as a part of the page."""

import re

import reflex as rx

from ops_dashboard.domain.views.chart import ChartView, Mark
from ops_dashboard.ui.chart import chart
from ops_dashboard.ui.history_ticks import history_ticks
from tests.unit.ui.javascript import ASSETS

EMPTY = ChartView(key="", title="", unit="ms")


class Charts(rx.State):
    """What a page holds for its charts."""

    view: rx.Field[ChartView] = rx.field(default_factory=lambda: EMPTY)
    marks: rx.Field[list[Mark]] = rx.field(default_factory=list)
    range: rx.Field[str] = rx.field("1h")
    compare: rx.Field[bool] = rx.field(False)
    tick: rx.Field[dict[str, object]] = rx.field(default_factory=dict)


def _chart() -> rx.Component:
    return chart(Charts.view, range=Charts.range, compare=Charts.compare, marks=Charts.marks)


def test_it_hands_the_state_to_the_browser():
    rendered = str(_chart())
    for name in ("view", "range", "compare", "marks"):
        assert re.search(rf"{name}:reflex___state\w*\.{name}", rendered), name
    assert "height:220" in rendered
    assert 'kind:"line"' in rendered


def test_the_page_brings_recharts_pinned_but_does_not_import_it():
    libraries = _chart()._get_all_imports()
    assert [imported.render for imported in libraries["recharts@3.10.1"]] == [False]


def test_recharts_is_imported_by_the_lazy_part_alone():
    importing = {file.name for file in ASSETS.iterdir() if re.search(r'from "recharts"', file.read_text())}
    assert importing == {"ops_chart_plot.jsx", "ops_chart_layers.jsx"}
    leading_there = {
        file.name
        for file in ASSETS.iterdir()
        if re.search(r"public/ops_chart_(plot|layers)", file.read_text())
    }
    assert leading_there == {"ops_chart_hooks.js", "ops_chart_plot.jsx"}
    assert 'await import("$/public/ops_chart_plot")' in (ASSETS / "ops_chart_hooks.js").read_text()


def test_the_ticks_are_handed_on():
    assert re.search(r"tick:reflex___state\w*\.tick", str(history_ticks(Charts.tick)))
