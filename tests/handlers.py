"""Every handler that a websocket client can name, as the app registers them."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from reflex_base.registry import RegistrationContext

from ops_dashboard import ops_dashboard
from ops_dashboard.domain.access import Role
from ops_dashboard.state.gate import role_needed


def handlers() -> dict[str, Callable[..., Any]]:
    """The function behind each full name."""
    assert ops_dashboard.app, "importing the app registers every state"
    registered = RegistrationContext.get().event_handlers
    return {name: one.handler.fn for name, one in registered.items()}


def needing(*roles: Role | None) -> list[str]:
    """The names of those that need one of these roles; None: of those that are not for browsers."""
    return [name for name, handler in handlers().items() if role_needed(handler) in roles]


def arguments_of(name: str) -> list[str]:
    """The names of the arguments that it must be given."""
    taken: Iterable[inspect.Parameter] = inspect.signature(handlers()[name]).parameters.values()
    return [one.name for one in list(taken)[1:] if one.default is inspect.Parameter.empty]
