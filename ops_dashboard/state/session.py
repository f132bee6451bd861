"""Who looks at this tab, and whether they may act: what the sections show of it."""

from typing import Any

import reflex as rx
from reflex_base.constants.state import FIELD_MARKER

from ops_dashboard.access.door import Door, Visitor, door
from ops_dashboard.domain.access import may
from ops_dashboard.domain.audit_entries import somebody
from ops_dashboard.domain.views.sessions import OpenSession
from ops_dashboard.state.access import allowed

AS_VIEWER = "You are logged in as viewer."
NOT_LOGGED_IN = "You can look, but not act: log in as operator."
READ_ONLY = "Read-only: to act, set OPS_OPERATOR_TOKEN on this dashboard and log in."
READ_ONLY_ON_LOOPBACK = (
    "Read-only: to act, set OPS_OPERATOR_TOKEN on this dashboard and log in, or OPS_TRUST_LOOPBACK=yes if nobody else"
    " reaches its port."
)


class SessionState(rx.State):
    """As of when the page was loaded. What may be done is decided anew for each event, by the gate."""

    role: str = ""
    name: str = ""
    logged_in: bool = False
    can_log_in: bool = False
    barred: str = ""
    """Why this tab's reader cannot act: a sentence; empty while they can."""
    ended: bool = False
    """Whether nobody may look at this tab any more before having logged in."""

    @rx.event
    @allowed("viewer")
    def read(self) -> None:
        """Take in who opened the page."""
        visitor, known = _visitor(self), door()
        self.role, self.name, self.logged_in = visitor.role or "", visitor.name, visitor.logged_in
        self.can_log_in = bool(known.tokens.roles)
        self.barred = _why_not(visitor, known)
        self.ended = False


def who(state: rx.State) -> str:
    """The name to be kept with what is done in this tab."""
    return somebody(_visitor(state).name, "operator")


def may_act(state: rx.State) -> bool:
    """Whether the reader of this tab is an operator."""
    return may(_visitor(state).role, "operator")


def opened_sessions(state: rx.State) -> tuple[OpenSession, ...]:
    """All open sessions, that of this tab's reader marked."""
    return door().sessions.opened(door().session_id(state.router.headers.raw_headers))


def is_ended(state: rx.State) -> bool:
    """Whether the reader of this tab may no longer look. To ask does not count as using the session."""
    return not may(_visitor(state).role, "viewer")


def ended_delta() -> dict[str, dict[str, Any]]:
    """The update that tells a tab to log in: it holds that, and nothing of the tab's state."""
    return {SessionState.get_full_name(): {f"ended{FIELD_MARKER}": True}}


def _visitor(state: rx.State) -> Visitor:
    return door().visitor(state.router.headers.raw_headers, use=False)


def _why_not(visitor: Visitor, known: Door) -> str:
    if may(visitor.role, "operator"):
        return ""
    if visitor.logged_in:
        return AS_VIEWER
    if "operator" in known.tokens.roles:
        return NOT_LOGGED_IN
    return READ_ONLY_ON_LOOPBACK if known.could_trust_loopback and not known.tokens.roles else READ_ONLY
