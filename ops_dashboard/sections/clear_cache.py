"""Clearing the cache: the button, the dialog that asks, and what came of it."""

import reflex as rx

from ops_dashboard.sections.barred import why_barred
from ops_dashboard.sections.confirmed_action import ConfirmedAction
from ops_dashboard.state.cache_actions import CacheActionsState
from ops_dashboard.state.dialogs import CLEAR_CACHE, DialogsState
from ops_dashboard.state.sections import CacheState
from ops_dashboard.ui.dialog import dialog

_VIEW = CacheState.view
_RUNNING = _VIEW.clear.state == "running"
_BARRED = why_barred(_VIEW.clear.barred)
_CLEAR = ConfirmedAction(
    "clear-cache",
    CLEAR_CACHE,
    _VIEW.clear,
    CacheActionsState,
    why_not=rx.cond(_RUNNING, "It is being cleared.", _BARRED),
)


def clear_cache() -> rx.Component:
    """The foot of the section: the button, why it cannot be used if so, and the result for every tab."""
    why_not = rx.el.p(
        rx.cond(_RUNNING, "", _BARRED), id=_CLEAR.why_id, class_name="min-w-0 text-xs text-muted break-words"
    )
    return rx.el.div(
        _CLEAR.opener("Clear cache", "eraser", why_not_shown=why_not),
        class_name="grid gap-2 border-t border-line pt-3",
    )


def clear_cache_dialog() -> rx.Component:
    """The dialog "Clear cache"; place it once per page."""
    return dialog(
        "Clear cache",
        rx.cond(_CLEAR.why_not == "", _what_is_lost(), rx.el.p(_CLEAR.why_not)),
        open=DialogsState.open_dialog == CLEAR_CACHE,
        on_open_change=DialogsState.close,
        opener_id=_CLEAR.button_id,
        footer=_CLEAR.confirmation("Clear cache", "danger", CacheActionsState.clear),
    )


def _what_is_lost() -> rx.Component:
    return rx.fragment(
        rx.el.p("This is lost:", class_name="text-xs text-muted"),
        rx.el.ul(
            rx.foreach(_VIEW.at_stake, lambda phrase: rx.el.li(phrase)),
            class_name="mt-1 grid list-disc gap-1 pl-4 break-words [overflow-wrap:anywhere]",
        ),
        rx.el.p(
            "The request is sent once. Until the cache has filled again, requests are slower and the database"
            " has more to do. It cannot be undone.",
            class_name="mt-3 text-muted",
        ),
    )
