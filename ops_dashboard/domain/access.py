"""Who may do what without a login: decided here and nowhere else."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "operator"]
"""A viewer reads everything; an operator acts, too."""

_RANK: dict[Role | None, int] = {None: 0, "viewer": 1, "operator": 2}


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is who has not logged in; None is nobody, who has to log in first."""

    granted: Role | None
    """Of those that nothing is known about."""
    named: Role | None
    """Of those that the trusted proxy has given a name."""


def access(*, trusted: bool, named_by_proxy: bool, operator_token: bool, viewer_token: bool) -> Access:
    """What is granted without a login.

    Args:
        trusted: the request was made on this machine, and either only the demo is watched or a setting says
            that nobody else reaches the port.
        named_by_proxy: a trusted proxy logs people in and says who they are.
        operator_token: there is a token to log in with as an operator.
        viewer_token: there is a token to log in with as a viewer.
    """
    named: Role | None = None
    if named_by_proxy:
        named = "viewer" if operator_token else "operator"
    if operator_token or viewer_token or named_by_proxy:
        return Access(granted=None, named=named)
    return Access(granted="operator" if trusted else "viewer", named=None)


def may(role: Role | None, needed: Role) -> bool:
    """Whether somebody of ``role`` may do what needs at least ``needed``."""
    return _RANK[role] >= _RANK[needed]


def higher(one: Role | None, other: Role | None) -> Role | None:
    """The role of the two that may do more."""
    return max(one, other, key=_RANK.__getitem__)
