"""The header: what this is, how old it is, and what the reader can do about that."""

import reflex as rx

from ops_dashboard.sections.bell import bell
from ops_dashboard.sections.demo_scenario import demo_scenario
from ops_dashboard.sections.display_settings import display_settings
from ops_dashboard.sections.navigation_menu import navigation_menu
from ops_dashboard.sections.session_menu import session_menu
from ops_dashboard.sections.time_range import time_range
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import ShellState
from ops_dashboard.ui.button import button
from ops_dashboard.ui.switch import switch
from ops_dashboard.ui.time import countdown, time

_VIEW = ShellState.view


def header() -> rx.Component:
    """The bar over the page."""
    return rx.el.header(
        navigation_menu(),
        rx.el.h1("System operations", class_name="text-md font-semibold whitespace-nowrap"),
        rx.cond(_VIEW.scenario != "", demo_scenario()),
        rx.el.div(
            _updated(),
            switch("Auto-refresh", LiveState.is_live, LiveState.set_auto_refresh),
            _refresh_button(),
            time_range(),
            bell(),
            display_settings(),
            session_menu(),
            class_name="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-2",
        ),
        class_name="sticky top-0 z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b"
        " border-line bg-page px-4 py-2 lg:px-5",
    )


def _updated() -> rx.Component:
    """How old the shown data is, and when it will be renewed."""
    return rx.el.p(
        rx.cond(
            _VIEW.refreshed_at > 0,
            rx.el.span("Updated ", time(_VIEW.refreshed_at, "relative")),
            rx.el.span("No data yet"),
        ),
        rx.cond(
            LiveState.is_live,
            rx.cond(
                _VIEW.refreshing,
                rx.el.span("refreshing…"),
                countdown(_VIEW.next_refresh_at, _VIEW.refresh_seconds),
            ),
            rx.el.span("display paused", class_name="font-medium text-warn"),
        ),
        data_testid="updated",
        class_name="flex min-w-54 flex-wrap items-center justify-end gap-x-3 text-xs text-muted max-sm:hidden",
    )


def _refresh_button() -> rx.Component:
    return button(
        rx.el.span("Refresh now", class_name="max-md:sr-only"),
        icon="refresh-cw",
        on_click=LiveState.refresh_now,
        aria_disabled=LiveState.refreshing,
        custom_attrs={"data-busy": LiveState.refreshing},
    )
