"""Controls of an action that this tab's reader may not do: in sight, dimmed, and with the reason."""

import reflex as rx

from ops_dashboard.state.session import SessionState

REASON_ID = "acting-is-barred"
IS_BARRED = SessionState.barred != ""


def why_barred(otherwise: rx.Var[str]) -> rx.Var[str]:
    """Why this tab's reader cannot act, and else why nobody can now; empty where they can."""
    return rx.cond(IS_BARRED, SessionState.barred, otherwise)


def may_act(event: rx.event.EventSpec | rx.EventHandler) -> rx.Var:
    """The event for those who may act, and nothing for all others."""
    return rx.cond(IS_BARRED, rx.noop(), event)


def barred_attrs(also: rx.Var[bool] | bool = False) -> dict[str, rx.Var]:
    """The attributes by which a control says that it cannot be used, and why; ``also``: for another reason."""
    return {
        "aria-disabled": IS_BARRED | also,
        "aria-describedby": rx.cond(IS_BARRED, REASON_ID, ""),
        "title": SessionState.barred,
    }


def barred_reason() -> rx.Component:
    """The reason, for those who hear the page; place it once."""
    return rx.el.p(SessionState.barred, id=REASON_ID, class_name="sr-only")


def barred_line() -> rx.Component:
    """The reason as the first line of a menu or form."""
    return rx.cond(IS_BARRED, rx.el.p(SessionState.barred, class_name="px-2 py-1 text-xs text-muted"))
