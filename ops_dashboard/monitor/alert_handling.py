"""What operators do about alerts and their rules: each with its row in the audit, whatever comes of it."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.rate_limit import Pace, RateLimit
from ops_dashboard.domain.views.alert_preferences import changed_words
from ops_dashboard.domain.views.alert_rows import key_of
from ops_dashboard.monitor.alert_answers import Action, Answer
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.unbroken import unbroken

LIMIT = RateLimit(120, 60.0)
"""How much is done, by all operators together: more than their hands do, less than a script could."""
_MOST_NAMED = 5
_EVERY_RULE = "all rules"


class AlertHandling:
    """Hands on to the alerts. Not broken off by a cancellation: what is done is in the audit, too.

    ``now`` gives unix seconds, ``monotonic`` seconds that no setting of the clock changes; ``audit`` must return
    at once.
    """

    def __init__(
        self,
        alerts: Alerts,
        now: Callable[[], float],
        audit: Callable[[AuditEntry], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._alerts = alerts
        self._now = now
        self._audit = audit
        self._monotonic = monotonic
        self._pace = Pace(LIMIT)

    @unbroken
    async def act(
        self,
        action: Action,
        key: str,
        incident: int,
        by: str,
        note: str = "",
        until: float = 0.0,
        seen: str = "",
    ) -> Answer:
        """See :meth:`Alerts.act`."""
        subject = self._subject(key)
        if why := self._too_many(by, action, subject):
            return Answer(False, why)
        try:
            answer = await self._alerts.act(action, key, incident, by, note, until, seen)
        except StorageError as error:
            self._keep(by, action, subject, "failed", str(error))
            raise
        said = [answer.sentence, f"Until {_moment(until)}." if until else "", f"Note: {note}" if note else ""]
        outcome = "done" if answer.done else "refused"
        self._keep(by, action, subject, outcome, " ".join(filter(None, said)))
        return answer

    @unbroken
    async def acknowledge_all(self, shown: Sequence[tuple[str, int]], by: str) -> Answer:
        """See :meth:`Alerts.acknowledge_all`. It is one row, which names the first few."""
        names = [self._subject(key) for key, _ in shown[:_MOST_NAMED]]
        more = f" and {len(shown) - _MOST_NAMED:,} more" if len(shown) > _MOST_NAMED else ""
        subject = f"{', '.join(names)}{more}"
        if why := self._too_many(by, "acknowledge_all", subject):
            return Answer(False, why)
        try:
            answer = await self._alerts.acknowledge_all(shown, by)
        except StorageError as error:
            self._keep(by, "acknowledge_all", subject, "failed", str(error))
            raise
        outcome = "done" if answer.number else "refused"
        self._keep(by, "acknowledge_all", subject, outcome, answer.sentence)
        return answer

    @unbroken
    async def set_preferences(self, rule_id: str, changes: Mapping[str, object], by: str) -> dict[str, str]:
        """See :meth:`Alerts.set_preferences`."""
        before = self._rules().get(rule_id)
        title = before.title if before else rule_id
        if why := self._too_many(by, "change_rule", title):
            return {rule_id: why}
        try:
            problems = await self._alerts.set_preferences(rule_id, changes, by)
        except StorageError as error:
            self._keep(by, "change_rule", title, "failed", str(error))
            raise
        after = self._rules().get(rule_id)
        if problems or before is None or after is None:
            self._keep(by, "change_rule", title, "refused", " ".join(problems.values()))
        else:
            self._keep(by, "change_rule", title, "done", _sentence(changed_words(before, after)))
        return problems

    @unbroken
    async def reset_preferences(self, rule_id: str | None, by: str) -> str:
        """See :meth:`Alerts.reset_preferences`. Returns why nothing was done; empty where it was."""
        before = self._rules()
        title = _EVERY_RULE if rule_id is None else before[rule_id].title if rule_id in before else rule_id
        if why := self._too_many(by, "reset_rule", title):
            return why
        try:
            await self._alerts.reset_preferences(rule_id, by)
        except StorageError as error:
            self._keep(by, "reset_rule", title, "failed", str(error))
            raise
        changed = {
            rule.title: words
            for rule in self._alerts.rules()
            if rule.id in before and (words := changed_words(before[rule.id], rule))
        }
        if rule_id is None:
            words = "; ".join(f"{name}: {words}" for name, words in changed.items())
        else:
            words = changed.get(title, "")
        self._keep(by, "reset_rule", title, "done", _sentence(words))
        return ""

    def _too_many(self, by: str, action: str, subject: str) -> str:
        """Why this is not done now, which is then in the audit; empty where it may be."""
        if not (wait := self._pace.take(self._monotonic())):
            return ""
        why = LIMIT.too_many("Nothing was done", wait)
        self._keep(by, action, subject, "refused", why)
        return why

    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self._alerts.rules()}

    def _subject(self, text: str) -> str:
        """What an alert is about, in a few words: "Module slow search"."""
        key = key_of(text)
        rule = self._rules().get(key.rule_id)
        return f"{rule.title if rule else key.rule_id} {key.target}".strip()

    def _keep(self, by: str, action: str, target: str, outcome: str, sentence: str) -> None:
        self._audit(AuditEntry(self._now(), by, action, target, outcome, sentence))


def _sentence(words: str) -> str:
    return f"{words}." if words else "Nothing had to be changed."


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC"
