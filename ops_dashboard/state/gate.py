"""The gate before every handler. A websocket client can name any of them: what is not allowed is refused."""

import logging
from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.app import App
from reflex.event import Event
from reflex.state import BaseState, State, StateUpdate
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.registry import RegistrationContext

from ops_dashboard.access.door import Door, door
from ops_dashboard.domain.access import Role, may
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.audit_entries import not_allowed
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.state.access import ROLE_ATTRIBUTE
from ops_dashboard.state.arguments import problem
from ops_dashboard.state.audit import forget_audit
from ops_dashboard.state.session import ended_delta

_log = logging.getLogger(__name__)

_FRAMEWORK = frozenset(
    {
        "State.hydrate_and_load",
        "State.set_is_hydrated",
        "OnLoadInternalState.on_load_internal",
        "OnLoadInternalState.set_is_hydrated",
        "UpdateVarsInternalState.update_vars_internal",
        "FrontendEventExceptionState.handle_frontend_exception",
    }
)
"""The framework's own handlers without which a page does not load; the others are not for browsers."""
_FRAMEWORK_MODULE = "reflex.state"
_LOADS = f"{State.get_full_name()}.hydrate_and_load"
"""What sends a tab all that it knows: its reader may be another one than before."""
_FOR_OPERATORS = "needs the role operator"
_LONGEST_KEPT = 1_000
_STORAGE = "vars"
"""The argument by which the framework takes over what the browser has kept."""


class Gate(rx.Middleware):
    """Lets an event pass when its sender has the role that the handler demands, and its arguments are fit.

    Args:
        now: unix seconds.
        audit: is told of who wanted what is for operators; returns at once.
        known: knows who sends an event; asked anew for each, so that a log out holds at once.
    """

    def __init__(
        self,
        now: Callable[[], float],
        audit: Callable[[AuditEntry], None],
        known: Callable[[], Door] = door,
    ) -> None:
        self._now = now
        self._audit = audit
        self._door = known
        self.refusals = 0
        """Events that were dropped since the start."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Drop the event by returning an update, or let it pass by returning None."""
        del app
        visitor = self._door().visitor(state.router.headers.raw_headers)
        why = _why_refused(visitor.role, event)
        if not why:
            if event.name == _LOADS and not may(visitor.role, "operator"):
                await forget_audit(state)
            return None
        if why == _FOR_OPERATORS:
            target = RegistrationContext.get().event_handlers[event.name].handler.fn.__qualname__
            self._audit(not_allowed(self._now(), visitor.name, visitor.role, target))
        self.refusals += 1
        refused(event.name, why)
        return StateUpdate(delta={} if may(visitor.role, "viewer") else ended_delta())


def refused(event_name: object, why: str) -> None:
    """Write the one line about an event that was dropped; what the client sent is cut and made harmless."""
    _log.warning("event refused", extra={"handler": clean(str(event_name), NAME_LENGTH * 2), "why": why})


def role_needed(handler: Callable[..., Any]) -> Role | None:
    """The least role that may call a handler; None for one that no browser may call."""
    if getattr(handler, "__module__", "") == _FRAMEWORK_MODULE:
        return "viewer" if handler.__qualname__ in _FRAMEWORK else None
    return getattr(handler, ROLE_ATTRIBUTE, None)


def _why_refused(role: Role | None, event: Event) -> str:
    registered = RegistrationContext.get().event_handlers.get(event.name)
    if registered is None:
        return "no such handler"
    handler = registered.handler.fn
    needed = role_needed(handler)
    if needed is None:
        return "not for browsers"
    if not may(role, needed):
        return _FOR_OPERATORS if needed == "operator" else "needs the role viewer"
    if why := problem(handler, event.payload):
        return why
    if handler.__module__ == _FRAMEWORK_MODULE and not _is_kept(event.payload.get(_STORAGE)):
        return "what the browser has kept is not known here"
    return ""


def _is_kept(vars: object) -> bool:
    """Whether these are texts for vars that a browser keeps. The framework fails on names it does not know."""
    if not isinstance(vars, dict):
        return True
    for name, value in vars.items():
        owner, _, var = name.rpartition(".")
        kind = RegistrationContext.get().base_states.get(owner)
        if (
            kind is None
            or not issubclass(kind, State)
            or not isinstance(value, str)
            or len(value) > _LONGEST_KEPT
        ):
            return False
        if not kind._is_client_storage(var.removesuffix(FIELD_MARKER)):
            return False
    return True
