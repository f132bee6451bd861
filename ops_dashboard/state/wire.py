"""The websocket's messages before they become events: what is malformed ends here, in one line of the log."""

import asyncio
import time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from reflex.app import App, EventNamespace
from reflex_base.registry import RegistrationContext

from ops_dashboard.domain.rate_limit import Pace, RateLimit
from ops_dashboard.monitor.every import Every
from ops_dashboard.state.gate import refused

_LONGEST_ADDRESS = 8_192
_LONGEST_NAME = 300
_NAMES = frozenset({"connect", "disconnect", "event", "ping", "client_error"})
_BUSIEST = RateLimit(300, 10.0)
"""Events of one connection. Nobody's hands come near it, and what more would cost is taken from the other tabs."""


class _Place(BaseModel):
    """Where in the app the browser says it is."""

    model_config = ConfigDict(strict=True, extra="forbid")

    pathname: str = Field(default="", max_length=_LONGEST_ADDRESS)
    as_path: str = Field(default="", max_length=_LONGEST_ADDRESS, alias="asPath")
    query: dict[str, str] = Field(default_factory=dict, max_length=100)

    @field_validator("query")
    @classmethod
    def _is_short(cls, query: dict[str, str]) -> dict[str, str]:
        if sum(len(name) + len(value) for name, value in query.items()) > _LONGEST_ADDRESS:
            raise ValueError
        return query


class _Message(BaseModel):
    """An event as the page's script sends it; what else it holds is left out by the framework."""

    model_config = ConfigDict(strict=True)

    name: str = Field(max_length=_LONGEST_NAME)
    payload: dict[str, Any] = Field(default_factory=dict)
    router_data: _Place = Field(default_factory=_Place)


class GuardedNamespace(EventNamespace):
    """The framework's end of the websocket, for clients of any kind."""

    def __init__(self, namespace: str, app: App) -> None:
        super().__init__(namespace, app)
        self._paces: dict[str, Pace] = {}
        self._tellings: dict[str, Every] = {}
        """When it is to be logged that a connection sends too much."""
        self.malformed = self.flooded = 0
        """Messages that were dropped since the start: such as no page sends, and those beyond all limits."""

    async def on_connect(self, sid: str, environ: Any = None, auth: Any = None, *more: Any) -> None:
        """Connect. A client may also send a message of this name, with headers of its own making: refused."""
        assert self.app.sio is not None
        if more or environ is None or environ is not self.app.sio.get_environ(sid, self.namespace):
            self._refuse("connect", "sent by a client")
            return
        # The event that may ride along is looked at by on_event, too.
        await super().on_connect(sid, environ, auth)

    async def on_event(self, sid: str, data: Any = None, *more: Any) -> None:
        """Hand on an event that is well formed and has a handler, unless there are too many."""
        if self._is_too_much(sid):
            return
        try:
            message = _Message.model_validate(data)
        except (ValidationError, RecursionError):
            self._refuse("", "malformed")
            return
        if more or message.name not in RegistrationContext.get().event_handlers:
            self._refuse(message.name, "no such handler")
            return
        await super().on_event(sid, data)

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """Hand on what the framework or a page sends; names that are no method's end here."""
        if event not in _NAMES:
            self._refuse(str(event), "no such message")
            return None
        return await super().trigger_event(event, *args)

    def on_disconnect(self, sid: str, *_: Any) -> asyncio.Task[Any] | None:
        """Forget the connection. A client may also send a message of this name, and still be there: refused."""
        assert self.app.sio is not None
        if self.app.sio.manager.is_connected(sid, self.namespace):
            self._refuse("disconnect", "sent by a client")
            return None
        self._paces.pop(sid, None)
        self._tellings.pop(sid, None)
        return super().on_disconnect(sid)

    async def on_ping(self, sid: str, *_: Any) -> None:
        """Answer, whatever else was sent."""
        await super().on_ping(sid)

    async def on_client_error(self, sid: str, data: Any = None, *_: Any) -> None:
        """Take in what went wrong in a page."""
        await super().on_client_error(sid, data)

    def _refuse(self, name: str, why: str) -> None:
        self.malformed += 1
        refused(name, why)

    def _is_too_much(self, sid: str) -> bool:
        """Count one more event. Those that are dropped leave one line in the log for each span of the limit."""
        now = time.monotonic()
        if not self._paces.setdefault(sid, Pace(_BUSIEST)).take(now):
            return False
        self.flooded += 1
        if self._tellings.setdefault(sid, Every(_BUSIEST.seconds)).is_due(now):
            refused("", f"more than {_BUSIEST.most} events in {_BUSIEST.seconds:.0f} s, and all beyond them")
        return True


def guard(app: App) -> GuardedNamespace:
    """Put the guarded end of the websocket in the place of the framework's."""
    assert app.sio is not None and app.event_namespace is not None
    namespace = GuardedNamespace(app.event_namespace.namespace, app)
    app.sio.register_namespace(namespace)
    app._event_namespace = namespace
    return namespace
