"""What is kept of each action: on the backend, on alerts and their rules, on the demo, and of who came in."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

Outcome = Literal["done", "failed", "refused", "not-sent", "unknown"]
"""It is so · it was tried in vain · this dashboard did not let it be · nothing was sent to the backend, for it
would have been in vain · the request went out, and nobody can say."""
OUTCOMES = get_args(Outcome)

LOG_IN, LOG_OUT, TOKEN, NOT_ALLOWED = "log_in", "log_out", "use_token", "not_allowed"
DEMO_SCENARIO, DEMO_CONTROL = "demo_scenario", "demo_control"
BOUNDED = frozenset({LOG_IN, LOG_OUT, TOKEN, NOT_ALLOWED, DEMO_SCENARIO, DEMO_CONTROL})
"""Actions that somebody may repeat without end, be it from outside: of them only so many rows are written, and
they never push out those of other actions."""

SOMEBODY: dict[str, str] = {"operator": "an operator", "viewer": "a viewer", "": "somebody not logged in"}
"""Who acts without having given a name, by role."""
_NO_PERSONS = frozenset(
    {"system", "dashboard", "this dashboard", "backend", "operator", "viewer", "several", "nobody"}
)


def is_persons_name(name: str) -> bool:
    """Whether a name is not one under which the audit keeps what no named person did, however it is written."""
    plain = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))
    return re.sub(r"^(the|an?) ", "", plain) not in _NO_PERSONS and not plain.startswith("somebody")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, and what came of it. ``at`` is when that was known, in unix seconds."""

    at: float
    by: str
    action: str
    target: str
    """Empty where there is but one thing that the action can be done to."""
    outcome: str
    """An :data:`Outcome`."""
    sentence: str


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which rows are looked for. ``action`` and ``outcome`` are empty for all."""

    action: str = ""
    outcome: str = ""
    words: tuple[tuple[str, frozenset[str]], ...] = ()
    """Each must occur in a row, or the row be of one of the actions beside it, which it names to people."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The newest rows, newest first, and how many there are in all."""

    rows: tuple[AuditEntry, ...] = ()
    total: int = 0
