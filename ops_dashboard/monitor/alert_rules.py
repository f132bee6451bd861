"""The rules as people have set them: shared by all, saved before they hold."""

from collections.abc import Callable, Mapping

from ops_dashboard.domain.alerts.preferences import check, rules_with
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.preferences import PreferenceStore

UNKNOWN_RULE = "There is no such rule."


class AlertRules:
    """The rules of one backend. Until a store is attached they are the defaults, and cannot be changed."""

    def __init__(self, backend: str, now: Callable[[], float]) -> None:
        self._backend = backend
        self._now = now
        self._store: PreferenceStore | None = None
        self.all: tuple[Rule, ...] = rules_with({})

    @property
    def by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.all}

    async def attach(self, store: PreferenceStore | None) -> None:
        """Use a store from now on, or none.

        Raises:
            StorageError: it could not be read; the rules stay as they are.
        """
        if store is not None:
            await self._reload(store)
        self._store = store

    async def change(self, rule_id: str, changes: Mapping[str, object], by: str) -> dict[str, str]:
        """Change a rule; a sentence for each field that cannot be, and then nothing is changed.

        Raises:
            StorageError: it could not be saved; nothing is changed then.
        """
        rule = self.by_id.get(rule_id)
        if rule is None:
            return {"enabled": UNKNOWN_RULE}
        if problems := check(rule, changes).problems:
            return problems
        store = self._opened()
        await store.save(self._backend, rule_id, changes, by, self._now())
        await self._reload(store)
        return {}

    async def reset(self, rule_id: str | None, by: str) -> None:
        """Put a rule, or all with None, back to its defaults.

        Raises:
            StorageError: it could not be saved; nothing is changed then.
        """
        store = self._opened()
        await store.reset(self._backend, rule_id, by, self._now())
        await self._reload(store)

    async def _reload(self, store: PreferenceStore) -> None:
        self.all = rules_with(await store.load(self._backend))

    def _opened(self) -> PreferenceStore:
        if self._store is None:
            raise StorageError("The database that keeps the preferences cannot be used just now.")
        return self._store
