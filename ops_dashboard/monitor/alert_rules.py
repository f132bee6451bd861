"""The rules as people have set them: shared by all, saved before they hold."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from ops_dashboard.domain.alerts.preferences import check, rules_with
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.views.alert_preferences import is_field
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.preferences import PreferenceStore
from ops_dashboard.storage.unbroken import unbroken

_AGAIN = "the dashboard"
"""Who saves a change again that a database has lost."""
UNKNOWN_RULE = "There is no such rule."


class AlertRules:
    """The rules of one backend. Until a store is attached they are the defaults, and cannot be changed.

    One change at a time: a slow answer of the database must not undo what a later one said.
    """

    def __init__(self, backend: str, now: Callable[[], float]) -> None:
        self._backend = backend
        self._now = now
        self._store: PreferenceStore | None = None
        self._recalled = False
        self._saved: dict[str, dict[str, Any]] = {}
        self._lock = asyncio.Lock()
        self.all: tuple[Rule, ...] = rules_with({})

    @property
    def by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.all}

    def subject(self, key: Key) -> str:
        """What the alert of ``key`` is about, in a few words: "Module slow search"."""
        rule = self.by_id.get(key.rule_id)
        return f"{rule.title if rule else key.rule_id} {key.target}".strip()

    async def attach(self, store: PreferenceStore) -> None:
        """Use a store from now on. The first one tells the changes that hold; a later one is told them.

        Raises:
            StorageError: it could not be read or written; nothing is changed then.
        """
        async with self._lock:
            stored = await store.load(self._backend)
            if not self._recalled:
                self._hold(stored)
                self._recalled = True
            for rule_id, fields in self._saved.items():
                if stored.get(rule_id) != fields:
                    await store.save(self._backend, rule_id, fields, _AGAIN, self._now())
            self._store = store

    def detach(self) -> None:
        """Use no store: the rules stay as they are, and cannot be changed."""
        self._store = None

    @unbroken
    async def change(self, rule_id: str, changes: Mapping[str, object], by: str) -> dict[str, str]:
        """Change a rule; a sentence for each field that cannot be, and then nothing is changed.

        What is no field of a rule has no effect.

        Raises:
            StorageError: it could not be saved; nothing is changed then.
        """
        async with self._lock:
            rule = self.by_id.get(rule_id)
            if rule is None:
                return {"enabled": UNKNOWN_RULE}
            if problems := check(rule, changes).problems:
                return problems
            store = self._opened()
            fields = {name: value for name, value in changes.items() if is_field(rule, name)}
            await store.save(self._backend, rule_id, fields, by, self._now())
            self._hold({**self._saved, rule_id: {**self._saved.get(rule_id, {}), **fields}})
            return {}

    @unbroken
    async def reset(self, rule_id: str | None, by: str) -> None:
        """Put a rule, or all with None, back to its defaults.

        Raises:
            StorageError: it could not be saved; nothing is changed then.
        """
        async with self._lock:
            store = self._opened()
            await store.reset(self._backend, rule_id, by, self._now())
            self._hold({id: saved for id, saved in self._saved.items() if rule_id not in (None, id)})

    def _hold(self, saved: dict[str, dict[str, Any]]) -> None:
        self._saved, self.all = saved, rules_with(saved)

    def _opened(self) -> PreferenceStore:
        if self._store is None:
            raise StorageError("The database that keeps the preferences cannot be used just now.")
        return self._store
