"""The one banner: the backend is out of reach, or nothing can be read of it."""

import reflex as rx

from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import ShellState
from ops_dashboard.ui.button import button
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.time import time

_BANNER = ShellState.view.banner


def backend_banner() -> rx.Component:
    """What failed, since when, and what happens next. It is the alert of it that is read out."""
    return rx.el.div(
        rx.cond(
            _BANNER.title != "",
            rx.el.div(
                icon("octagon-alert", size=18, class_name="text-crit mt-0.5"),
                rx.el.div(
                    rx.el.p(
                        rx.el.strong(_BANNER.title, class_name="font-semibold"),
                        rx.cond(_BANNER.since > 0, rx.fragment(" since ", time(_BANNER.since, "absolute"))),
                        rx.cond(_BANNER.reason != "", rx.fragment(": it ", _BANNER.reason, ".")),
                        class_name="break-words",
                    ),
                    rx.el.p(
                        rx.cond(
                            _BANNER.known,
                            "The last known values are shown, greyed, with their time. ",
                            "Nothing was read since this dashboard started; what was kept from before is shown"
                            " with its time. ",
                        ),
                        rx.cond(
                            _BANNER.next_retry_at > 0,
                            rx.el.span(
                                "Next try in ", time(_BANNER.next_retry_at, "until"), ".", aria_hidden="true"
                            ),
                        ),
                        class_name="text-xs text-muted",
                    ),
                    class_name="min-w-0 grow",
                ),
                button(
                    "Retry now",
                    icon="refresh-cw",
                    on_click=LiveState.refresh_now,
                    disabled=LiveState.refreshing,
                ),
                class_name="flex items-start gap-3 rounded-lg border border-crit bg-crit-bg px-4 py-3",
            ),
        ),
        data_testid="backend-banner",
        class_name="empty:hidden",
    )
