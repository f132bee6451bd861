"""Who the reader of this tab is, and the way out; and what they are told when that has ended."""

import reflex as rx

from ops_dashboard.sections.barred import IS_BARRED
from ops_dashboard.state.audit import AuditState
from ops_dashboard.state.session import SessionState
from ops_dashboard.ui.anchor import page_link
from ops_dashboard.ui.base_ui.popover import Close
from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.popover import popover
from ops_dashboard.ui.post_button import post_button

_LOGIN = "login?next=/ops"
"""Relative to the page, so that it holds below any path prefix of a proxy."""
YOU_BUTTON = "you-button"
_ROLE = rx.cond(SessionState.role == "", "", f"Role: {SessionState.role}")


def session_menu() -> rx.Component:
    """A button that opens name, role and "Log out" or "Log in"."""
    return popover(
        "You",
        rx.el.p(
            rx.cond(SessionState.name != "", SessionState.name, "No name given"),
            class_name="font-medium break-words [overflow-wrap:anywhere]",
        ),
        rx.el.p(_ROLE, class_name="text-xs text-muted"),
        rx.cond(
            IS_BARRED,
            rx.el.p(SessionState.barred, class_name="mt-2 text-xs text-muted"),
        ),
        rx.cond(IS_BARRED, rx.fragment(), _audit_button()),
        rx.el.div(
            rx.cond(SessionState.logged_in, post_button("Log out", "logout")),
            rx.cond(
                SessionState.can_log_in & (SessionState.role != "operator"),
                page_link("Log in as operator", to=_LOGIN, class_name=button_class("primary", "sm")),
            ),
            class_name="mt-3 flex gap-2 empty:hidden",
        ),
        trigger=[icon("user"), rx.el.span("You", class_name="sr-only")],
        trigger_class=button_class(extra="size-8 px-0"),
        trigger_id=YOU_BUTTON,
    )


def _audit_button() -> rx.Component:
    return Close.create(
        icon("scroll-text"),
        "Audit",
        on_click=AuditState.show,
        aria_haspopup="dialog",
        class_name=button_class(size="sm", extra="mt-3"),
    )


def session_ended() -> rx.Component:
    """What stands in the place of the whole page when its reader may no longer look."""
    return rx.el.main(
        rx.el.div(
            rx.el.h1("You are logged out", class_name="text-lg font-semibold"),
            rx.el.p(
                "The session has ended: by logging out, after a long time without use, or because the dashboard was"
                " started anew. Nothing is shown here until you log in.",
                class_name="mt-2 mb-4 text-muted",
            ),
            # The same address: it leads to the login, and from there back to what is looked at now.
            page_link("Log in", to="", class_name=button_class("primary")),
            role="alert",
            class_name="w-[min(28rem,100%)] rounded-lg border border-line bg-surface p-5",
        ),
        class_name="grid min-h-dvh place-items-center p-4",
    )
