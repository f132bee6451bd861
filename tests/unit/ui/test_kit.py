"""What the kit brings into the browser."""

from collections.abc import Callable

import pytest
import reflex as rx

from ops_dashboard.ui.base_ui.part import LIBRARY
from ops_dashboard.ui.button import button, icon_button
from ops_dashboard.ui.card import section_card
from ops_dashboard.ui.dialog import dialog
from ops_dashboard.ui.menu import menu, menu_choice
from ops_dashboard.ui.popover import popover
from ops_dashboard.ui.radio_group import radio_group
from ops_dashboard.ui.runtime import runtime
from ops_dashboard.ui.select import select
from ops_dashboard.ui.sheet import sheet
from ops_dashboard.ui.switch import switch
from ops_dashboard.ui.table import Column, table
from ops_dashboard.ui.tooltip import tooltip


class Controls(rx.State):
    """Something for the widgets to show and change."""

    chosen: rx.Field[str] = rx.field("all")
    on: rx.Field[bool] = rx.field(False)
    seq: rx.Field[int] = rx.field(0)
    now: rx.Field[float] = rx.field(0.0)

    @rx.event
    def choose(self, value: str):
        self.chosen = value

    @rx.event
    def turn(self, on: bool):
        self.on = on


OPTIONS = [("all", "all"), ("down", "down")]
WIDGETS: dict[str, Callable[[], rx.Component]] = {
    "button": lambda: button("Refresh now", icon="refresh-cw"),
    "icon button": lambda: icon_button("Alert history", "bell", count=rx.Var.create(2)),
    "card": lambda: section_card("Database", rx.el.p("fine")),
    "dialog": lambda: dialog("Clear cache", open=Controls.on, on_open_change=Controls.turn),
    "menu": lambda: menu(
        menu_choice("Scenario", Controls.chosen, OPTIONS, Controls.choose), trigger=["Demo"], trigger_class=""
    ),
    "popover": lambda: popover("Thresholds", trigger=["Thresholds"], trigger_class=""),
    "radio group": lambda: radio_group("Time range", Controls.chosen, OPTIONS, Controls.choose),
    "runtime": lambda: runtime(server_now=Controls.now, last_push=Controls.seq, title="Operations"),
    "select": lambda: select("Sort by", Controls.chosen, OPTIONS, Controls.choose),
    "sheet": lambda: sheet("Data sources", open=Controls.on, on_open_change=Controls.turn),
    "switch": lambda: switch("Auto-refresh", Controls.on, Controls.turn),
    "table": lambda: table("Largest tables", [Column("Table"), Column("Rows", number=True)]),
    "tooltip": lambda: tooltip(rx.el.span("p95", tab_index=0), "Reported by the backend"),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_brings_no_radix_and_only_the_pinned_base_ui(name: str):
    libraries = {library for library in WIDGETS[name]()._get_all_imports() if "/" in library}
    assert not [library for library in libraries if "radix" in library]
    assert {library for library in libraries if "base-ui" in library} <= {LIBRARY}


@pytest.mark.parametrize(
    ("name", "label"),
    [("select", "select-sort-by"), ("switch", "switch-auto-refresh")],
)
def test_a_control_is_named_by_the_text_beside_it(name: str, label: str):
    rendered = str(WIDGETS[name]())
    assert f'"aria-labelledby":"{label}"' in rendered
    assert f'id:"{label}"' in rendered


def test_a_dialog_gives_the_focus_back_to_its_opener():
    shown = dialog("Clear cache", open=Controls.on, on_open_change=Controls.turn, opener_id="clear-cache")
    assert 'document.getElementById("clear-cache")' in str(shown)
