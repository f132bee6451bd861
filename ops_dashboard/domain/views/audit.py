"""The audit as the page shows it: rows in words that people use, and what can be looked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ops_dashboard.domain.audit import OUTCOMES, AuditEntry, AuditQuery
from ops_dashboard.domain.text import clean

ALL = "all"
ACTIONS: dict[str, str] = {
    "acknowledge": "Acknowledge an alert",
    "acknowledge_all": "Acknowledge several alerts",
    "note": "Change the note of an alert",
    "snooze": "Snooze an alert",
    "unsnooze": "End a snooze",
    "dismiss": "Dismiss an alert",
    "restore": "Undo a dismissal",
    "change_rule": "Change an alert rule",
    "reset_rule": "Reset an alert rule",
    "clear_cache": "Clear the cache",
    "ingest": "Submit a repository",
    "reindex": "Index a job again",
    "reindex_failed": "Index all failed jobs again",
    "cancel_job": "Cancel a job",
    "sparse_generate": "Generate sparse embeddings",
    "log_in": "Log in",
    "log_out": "Log out",
    "use_token": "Use a script's token",
    "not_allowed": "Act without the role",
    "demo_scenario": "Choose a demo scenario",
    "demo_control": "Change the demo",
}
"""What each action is called. Not in the past tense: whether it was done, the outcome says."""
OUTCOME_WORDS: dict[str, str] = {
    "done": "Done",
    "failed": "Failed",
    "refused": "Refused",
    "not-sent": "Not sent",
    "unknown": "Not known",
}
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row. ``at`` is unix seconds; ``outcome`` an :data:`~ops_dashboard.domain.audit.Outcome`."""

    id: int
    at: float
    by: str
    action: str
    target: str
    outcome: str
    outcome_word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """One of :data:`ACTIONS` and one of the outcomes, or :data:`ALL`; every word of ``text`` must occur."""

    action: str = ALL
    outcome: str = ALL
    text: str = ""

    @property
    def stored(self) -> AuditQuery:
        """The same as what is stored is looked for."""
        return AuditQuery(
            action="" if self.action == ALL else self.action,
            outcome="" if self.outcome == ALL else self.outcome,
            words=tuple((word, _named_by(word)) for word in self.text.split()),
        )

    @property
    def query(self) -> str:
        """The filter as the query of an address, without what is not chosen."""
        chosen = {"action": self.action, "outcome": self.outcome}
        named = {name: value for name, value in chosen.items() if value != ALL}
        return urlencode(named | ({"q": self.text} if self.text else {}))


def audit_filter(action: object = ALL, outcome: object = ALL, text: object = "") -> AuditFilter:
    """A filter of whatever was asked for; what is no choice counts as all."""
    return AuditFilter(
        action=action if isinstance(action, str) and action in ACTIONS else ALL,
        outcome=outcome if isinstance(outcome, str) and outcome in OUTCOMES else ALL,
        text=clean(text, LONGEST_SEARCH) if isinstance(text, str) else "",
    )


def filter_of_query(query: Mapping[str, str]) -> AuditFilter:
    """The filter that :attr:`AuditFilter.query` wrote, its parameters decoded."""
    return audit_filter(query.get("action"), query.get("outcome"), query.get("q"))


def audit_rows(entries: Iterable[AuditEntry]) -> tuple[AuditRow, ...]:
    """The entries as rows, in their order."""
    return tuple(
        AuditRow(
            id=number,
            at=entry.at,
            by=entry.by,
            action=action_word(entry.action),
            target=entry.target,
            outcome=entry.outcome,
            outcome_word=OUTCOME_WORDS.get(entry.outcome, entry.outcome),
            sentence=entry.sentence,
        )
        for number, entry in enumerate(entries)
    )


def action_word(action: str) -> str:
    """What an action is called; one that this version does not know, by its own name."""
    return ACTIONS.get(action, action)


def _named_by(word: str) -> frozenset[str]:
    return frozenset(key for key, words in ACTIONS.items() if word.casefold() in words.casefold())
