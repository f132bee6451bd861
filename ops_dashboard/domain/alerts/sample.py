"""One reading, as a rule judges it."""

from dataclasses import dataclass
from typing import NamedTuple

from ops_dashboard.domain.status import Status

Value = float | Status
"""What is judged: a number in the rule's unit, or a status."""


class Key(NamedTuple):
    """What an alert is about. At most one incident is open per key."""

    rule_id: str
    target: str = ""
    """A name where the rule watches many things; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the page shows for one key. ``at`` is when it was received, in unix seconds."""

    key: Key
    value: Value | None = None
    """None, or an unknown status, where nothing is known."""
    at: float = 0.0
    fresh: bool = False
    """Whether the value may be judged: False once it has grown old."""
    detail: str = ""
    """The backend's own words, if any: the first line, and the rest of them, if any, on a second."""
    label: str = ""
    """What the target is called; empty where its name will do."""
    traffic: float | None = None
    """How many requests a ratio is made of; None where that is not known."""
