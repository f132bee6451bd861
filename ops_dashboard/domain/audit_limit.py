"""Keeps a flood out of the audit: of one cause so many rows a minute, and one row that counts the rest."""

from dataclasses import dataclass, field, replace

from ops_dashboard.domain.audit import BOUNDED, AuditEntry

MOST_A_WINDOW = 10
WINDOW_SECONDS = 60.0
_MOST_NAMED = 5
_IN_VAIN = ("refused", "not-sent")
"""What nothing came of, whoever asked for it, may be asked for again and again."""


@dataclass(slots=True)
class _Window:
    began_at: float
    passed: int = 0
    counted: int = 0
    last: AuditEntry | None = None
    names: dict[str, None] = field(default_factory=dict)
    """Who was counted, the first ones."""
    others: bool = False

    def count(self, entry: AuditEntry) -> None:
        self.counted += 1
        self.last = entry
        if len(self.names) < _MOST_NAMED:
            self.names[entry.by] = None
        elif entry.by not in self.names:
            self.others = True


class AuditLimit:
    """A cause is an action with its outcome: guesses from many addresses are one. Goes by the entries' moments."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], _Window] = {}

    def take(self, entry: AuditEntry) -> list[AuditEntry]:
        """What is to be written: the entry, or nothing when it is only counted; before it what is due by now."""
        if entry.action not in BOUNDED and entry.outcome not in _IN_VAIN:
            return [entry]
        cause, due = (entry.action, entry.outcome), list[AuditEntry]()
        window = self._windows.get(cause)
        if window is None or abs(entry.at - window.began_at) >= WINDOW_SECONDS:
            due = [] if window is None else _sum(window)
            window = self._windows[cause] = _Window(entry.at)
        if window.passed < MOST_A_WINDOW:
            window.passed += 1
            return [*due, entry]
        window.count(entry)
        return due

    def sums(self) -> list[AuditEntry]:
        """One row for each cause of which some were only counted; from here on they are counted anew."""
        due = [row for window in self._windows.values() for row in _sum(window)]
        for window in self._windows.values():
            window.counted, window.last, window.names, window.others = 0, None, {}, False
        return due


def _sum(window: _Window) -> list[AuditEntry]:
    if window.last is None:
        return []
    if len(window.names) == 1:
        return [replace(window.last, target="", sentence=f"{_more(window)}.")]
    who = f"{', '.join(window.names)}{' and others' if window.others else ''}"
    sentence = f"{_more(window)}, by {who}."
    return [replace(window.last, by="several", target="", sentence=sentence)]


def _more(window: _Window) -> str:
    return f"{window.counted:,} more like this within a minute"
