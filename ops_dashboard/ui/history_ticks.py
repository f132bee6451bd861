"""Hands the newest points to the charts; see ``assets/ops_history_ticks.jsx``."""

from typing import Any

import reflex as rx


class HistoryTicks(rx.Component):
    """Shows nothing: feeds the history that all charts of the page share."""

    library = "$/public/ops_history_ticks"
    tag = "HistoryTicks"

    tick: rx.Var[dict[str, Any]]


def history_ticks(tick: rx.Var[dict[str, Any]]) -> rx.Component:
    """Place it once per page.

    ``tick`` is ``{"range": "1h", "at": …, "series": {key: the last two points of its window}}``, sent after each
    refresh; an empty dict before the first one.
    """
    return HistoryTicks.create(tick=tick)
