"""The mark that says who may call a State handler. Every websocket client can name any public method."""

from collections.abc import Callable
from typing import Any, TypeVar

from ops_dashboard.domain.access import Role

ROLE_ATTRIBUTE = "__ops_role__"

F = TypeVar("F", bound=Callable[..., Any])


def allowed(role: Role) -> Callable[[F], F]:
    """Mark a handler with the least role that may call it. Put it below ``@rx.event``."""

    def mark(handler: F) -> F:
        setattr(handler, ROLE_ATTRIBUTE, role)
        return handler

    return mark
