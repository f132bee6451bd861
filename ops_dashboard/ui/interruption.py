"""Interrupting the reader: the tab's title and icon, sound, desktop notification, screen reader.

See ``assets/ops_alerts.jsx``.
"""

import reflex as rx

from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.ui.time import Seconds


class Interruption(rx.Component):
    """Shows nothing but the tab's title and icon; holds the two live regions of the alerts."""

    library = "$/public/ops_alerts"
    tag = "Interruption"

    interruption: rx.Var[InterruptionView]
    counts: rx.Var[dict[str, int]]
    blind: rx.Var[bool]
    sentence: rx.Var[str]
    server_now: rx.Var[float | int]


def interruption(
    latest: rx.Var[InterruptionView],
    *,
    counts: rx.Var[dict[str, int]],
    blind: rx.Var[bool],
    sentence: rx.Var[str],
    server_now: Seconds,
) -> rx.Component:
    """Place it once per page, outside of ``<main>``. What the browser does about it, its user chooses.

    Each tab reads a critical one out; of all tabs of a browser, one sounds and notifies. What came before the tab
    was opened, and what it was told already, is passed over.

    Args:
        latest: the newest, at most one per poll.
        counts: ``{"critical", "warning", "info"}``: the open alerts that nobody handles, for title and icon.
        blind: nothing is known, because the backend is out of reach. The title says "?" then.
        sentence: the state of the alerts in one sentence; read out politely when it changes.
        server_now: the server's clock, sent with every update; 0 until the tab has its state.
    """
    return Interruption.create(
        interruption=latest, counts=counts, blind=blind, sentence=sentence, server_now=server_now
    )
