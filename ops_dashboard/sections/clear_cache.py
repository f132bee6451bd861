"""Clearing the cache: the button, the dialog that asks, and what came of it."""

import reflex as rx

from ops_dashboard.sections.barred import why_barred
from ops_dashboard.state.cache_actions import CacheActionsState
from ops_dashboard.state.dialogs import CLEAR_CACHE, DialogsState
from ops_dashboard.state.sections import CacheState
from ops_dashboard.ui import classes
from ops_dashboard.ui.action_result import action_result
from ops_dashboard.ui.button import button, button_class
from ops_dashboard.ui.dialog import dialog

_VIEW = CacheState.view
_CLEAR = _VIEW.clear
_BUTTON, _WHY = "clear-cache", "clear-cache-why"
_RUNNING = _CLEAR.state == "running"
_BARRED = why_barred(_CLEAR.barred)
_WHY_NOT = rx.cond(_RUNNING, "It is being cleared.", _BARRED)
"""Why it cannot be done just now; empty while it can."""


def clear_cache() -> rx.Component:
    """The foot of the section: the button, why it cannot be used if so, and the result for every tab."""
    return rx.el.div(
        rx.el.div(
            button(
                "Clear cache",
                id=_BUTTON,
                icon="eraser",
                size="sm",
                class_name=classes.DIMMED,
                on_click=rx.cond(_WHY_NOT == "", DialogsState.show(CLEAR_CACHE), rx.noop()),
                custom_attrs={"aria-disabled": _WHY_NOT != "", "aria-describedby": _WHY},
            ),
            rx.el.p(
                rx.cond(_RUNNING, "", _BARRED),
                id=_WHY,
                class_name="min-w-0 text-xs text-muted break-words",
            ),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        action_result(
            _CLEAR,
            not_sent=CacheActionsState.not_sent,
            dismissed=CacheActionsState.dismissed,
            on_dismiss=[rx.set_focus(_BUTTON), CacheActionsState.dismiss(_CLEAR.number)],
        ),
        class_name="grid gap-2 border-t border-line pt-3",
    )


def clear_cache_dialog() -> rx.Component:
    """The dialog "Clear cache"; place it once per page."""
    return dialog(
        "Clear cache",
        rx.cond(_WHY_NOT == "", _what_is_lost(), rx.el.p(_WHY_NOT)),
        open=DialogsState.open_dialog == CLEAR_CACHE,
        on_open_change=DialogsState.close,
        opener_id=_BUTTON,
        footer=rx.fragment(
            button("Cancel", on_click=DialogsState.close(False)),
            rx.el.button(
                "Clear cache",
                type="button",
                on_click=rx.cond(_WHY_NOT == "", CacheActionsState.clear(_CLEAR.number).temporal, rx.noop()),
                custom_attrs={"aria-disabled": _WHY_NOT != ""},
                class_name=button_class("danger", extra=classes.DIMMED),
            ),
        ),
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
