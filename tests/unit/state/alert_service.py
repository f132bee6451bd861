"""The alerts that the states ask, without a database: what they were asked is kept, what they answer is set."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.history import Filter, IncidentDetail, IncidentRow, Page, TransitionRow
from ops_dashboard.domain.alerts.preferences import check, rules_with
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.monitor.alert_answers import Answer
from ops_dashboard.storage.errors import StorageError
from tests.snapshots import NOW

FAILED = "The disk is full."
INCIDENT = IncidentRow(
    id=1,
    rule_id="error_rate",
    target="",
    title="Error rate",
    message="Error rate is 9.1 % (> 5 %)",
    severity=Severity.WARNING,
    worst=Severity.WARNING,
    opened_at=NOW,
    acknowledged_at=None,
    acknowledged_by="",
    note="",
    resolved_at=None,
    duration=None,
    peak=9.1,
    handled=Handled.NEW,
)


class FakeAlerts:
    """Stands for the monitor, its collector's clock, its alerts and what handles them at once."""

    def __init__(self) -> None:
        self.alerts = self.handling = self.collector = self
        self.acted: list[tuple[Any, ...]] = []
        self.seen = ""
        """The note that the last action was to take the place of."""
        self.acknowledged: list[list[tuple[str, int]]] = []
        self.answer = Answer(True, "Done.")
        self.incidents = [replace(INCIDENT, id=number) for number in range(1, 61)]
        self.looked_for: list[tuple[Filter, int]] = []
        self.preferences: dict[str, dict[str, Any]] = {}
        self.resets: list[str | None] = []
        self.is_broken = False
        self.gates: list[asyncio.Event] = []
        """A search waits for the first of these, if there is one, before it answers."""

    def now(self) -> float:
        return NOW

    def _check(self) -> None:
        if self.is_broken:
            raise StorageError(FAILED)

    async def act(
        self,
        action: str,
        key: str,
        incident: int,
        by: str,
        note: str = "",
        until: float = 0.0,
        seen: str = "",
    ) -> Answer:
        self._check()
        self.seen = seen
        self.acted.append((action, key, incident, note, until))
        return self.answer

    async def acknowledge_all(self, shown: list[tuple[str, int]], by: str) -> Answer:
        self._check()
        self.acknowledged.append(shown)
        return self.answer

    async def history(self, wanted: Filter, offset: int, limit: int) -> Page:
        self.looked_for.append((wanted, offset))
        if self.gates:
            await self.gates.pop(0).wait()
        self._check()
        found = [row for row in self.incidents if wanted.text in row.message]
        return Page(tuple(found[offset : offset + limit]), len(found))

    async def incident(self, id: int) -> IncidentDetail | None:
        self._check()
        opened = TransitionRow(NOW, "opened", "", "", Severity.WARNING, "text", 0.0)
        found = (row for row in self.incidents if row.id == id)
        return next((IncidentDetail(row, (opened,), 0) for row in found), None)

    def rules(self) -> tuple[Rule, ...]:
        return rules_with(self.preferences)

    def firing_now(self, rule: Rule) -> str:
        level = rule.level(Severity.WARNING)
        return "warning" if level and level.at < 6 else ""

    async def set_preferences(self, rule_id: str, changes: Mapping[str, Any], by: str) -> Mapping[str, str]:
        self._check()
        rule = next(rule for rule in DEFAULT_RULES if rule.id == rule_id)
        merged = {**self.preferences.get(rule_id, {}), **changes}
        if problems := check(rule, merged).problems:
            return problems
        self.preferences[rule_id] = merged
        return {}

    async def reset_preferences(self, rule_id: str | None, by: str) -> None:
        self._check()
        self.resets.append(rule_id)
        if rule_id is None:
            self.preferences.clear()
        else:
            self.preferences.pop(rule_id, None)
