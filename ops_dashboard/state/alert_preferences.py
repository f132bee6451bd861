"""The dialog "Alert preferences" of this tab: the rules as all share them, and what is typed and not yet saved."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from ops_dashboard.domain.views.alert_preferences import ENABLED, RuleRow, is_field, rule_row, to_save
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.session import who
from ops_dashboard.storage.errors import StorageError

PREFERENCES = "preferences"
"""The name of the dialog among the dialogs."""
EVERY_RULE = "*"
_LONGEST_TEXT = 100


class AlertPreferencesState(rx.State):
    """What is typed is kept until it is saved or thrown away, also while the dialog is closed."""

    rows: rx.Field[tuple[RuleRow, ...]] = rx.field(default_factory=tuple)
    edition: int = 0
    """Grows when the fields are to show what they are given; until then the browser holds what is typed."""
    told: str = ""
    """What came of the last thing done here."""
    resetting: str = ""
    """Which rule is reset once that is confirmed: an id, or :data:`EVERY_RULE`; empty for none."""
    _drafts: dict[str, dict[str, str | bool]] = {}  # noqa: RUF012 - copied for each tab

    @rx.var
    def is_changed(self) -> bool:
        """Whether anything is typed and not saved."""
        return any(row.changed for row in self.rows)

    @rx.var
    def is_custom(self) -> bool:
        """Whether any rule differs from its defaults, or is about to."""
        return any(row.custom or row.changed for row in self.rows)

    @rx.var
    def resetting_title(self) -> str:
        """Of the rule that is to be reset; empty for all."""
        return next((row.title for row in self.rows if row.id == self.resetting), "")

    @rx.event
    @allowed("viewer")
    async def show(self) -> None:
        """Open the dialog."""
        (await self.get_state(DialogsState))._open(PREFERENCES)
        self.told = ""
        self._make_anew()

    @rx.event
    @allowed("viewer")
    async def close(self, _open: bool) -> None:
        """Close the dialog. What is typed is there when it is opened again."""
        (await self.get_state(DialogsState))._open("")
        self.resetting = ""

    @rx.event
    @allowed("viewer")
    async def read_url(self) -> None:
        """Open the dialog if the address names it."""
        if self.router.url.query_parameters.get("open", "") == PREFERENCES:
            await self.show()

    @rx.event
    @allowed("operator")
    def type_in(self, rule_id: str, field: str, text: str) -> None:
        """Take in a field that was left, and say what is wrong with it."""
        self._type_in(rule_id, field, text)

    @rx.event
    @allowed("operator")
    def switch(self, rule_id: str, on: bool) -> None:
        """Watch a rule, or no longer, once that is saved."""
        if isinstance(on, bool):
            self._draft(rule_id, ENABLED, on)

    @rx.event
    @allowed("operator")
    def discard(self) -> None:
        """Throw away what is typed and not saved."""
        if not self.is_changed:
            return
        self._drafts = {}
        self.told = "The changes were discarded."
        self._make_anew()

    @rx.event(background=True)
    @allowed("operator")
    async def save(self, form: dict[str, Any]) -> None:
        """Save all changes, or nothing while anything is wrong. ``form``: the text of each field by its id."""
        async with self:
            for row in self.rows if isinstance(form, Mapping) else ():
                for field in row.fields:
                    self._type_in(row.id, field.name, form.get(field.id))
            wrong = [row.title for row in self.rows if row.problem or any(f.problem for f in row.fields)]
            changes = {
                rule.id: to_save(rule, self._drafts.get(rule.id, {})) for rule in monitor().alerts.rules()
            }
            changes = {rule_id: fields for rule_id, fields in changes.items() if fields}
            if wrong:
                self.told = f"Nothing was saved. Please look at: {', '.join(wrong)}."
            elif not changes:
                self.told = "There is nothing to save."
            if wrong or not changes:
                return
        saved, failed = await _save(changes, who(self))
        async with self:
            for rule_id in saved:
                self._drafts.pop(rule_id, None)
            self.told = failed or "Saved. It holds for everybody from the next reading on."
            self._show()

    @rx.event
    @allowed("operator")
    def ask_reset(self, rule_id: str) -> None:
        """Ask whether to set a rule, or all with :data:`EVERY_RULE`, back; there may be nothing to ask about."""
        touched = [row.id for row in self.rows if row.custom or row.changed]
        if rule_id in touched or (rule_id == EVERY_RULE and touched):
            self.resetting = rule_id

    @rx.event
    @allowed("viewer")
    def cancel_reset(self, _open: bool) -> None:
        """Leave everything as it is."""
        self.resetting = ""

    @rx.event(background=True)
    @allowed("operator")
    async def reset_asked(self) -> None:
        """Set back what was asked about; what is typed of it goes, too."""
        async with self:
            asked, self.resetting = self.resetting, ""
        if not asked:
            return
        rule_id = None if asked == EVERY_RULE else asked
        try:
            failed = await monitor().handling.reset_preferences(rule_id, who(self))
        except StorageError as error:
            failed = f"The defaults could not be set. {error}"
        async with self:
            if not failed and rule_id is None:
                self._drafts = {}
            elif not failed:
                self._drafts.pop(asked, None)
            self.told = failed or "The defaults hold again."
            self._make_anew()

    def _type_in(self, rule_id: object, name: object, text: object) -> None:
        if isinstance(text, str) and (typed := text.strip()[:_LONGEST_TEXT]) != self._text_of(rule_id, name):
            self._draft(rule_id, name, typed)

    def _text_of(self, rule_id: object, name: object) -> str | None:
        """What a field shows. Left as it is, it is no change: a problem is told beside what was changed."""
        fields = (field for row in self.rows if row.id == rule_id for field in row.fields)
        return next((field.text for field in fields if field.name == name), None)

    def _draft(self, rule_id: object, name: object, value: str | bool) -> None:
        """Lay a value over the saved rule, and show that rule with it."""
        rule = next((rule for rule in monitor().alerts.rules() if rule.id == rule_id), None)
        if rule is None or not isinstance(name, str) or not is_field(rule, name):
            return
        draft = {**self._drafts.get(rule.id, {}), name: value}
        self._drafts = {**self._drafts, rule.id: draft}
        shown = rule_row(rule, draft, monitor().alerts.firing_now)
        self.rows = tuple(shown if row.id == rule.id else row for row in self.rows)

    def _make_anew(self) -> None:
        self.edition += 1
        self._show()

    def _show(self) -> None:
        alerts = monitor().alerts
        self.rows = tuple(
            rule_row(rule, self._drafts.get(rule.id, {}), alerts.firing_now) for rule in alerts.rules()
        )


async def _save(changes: Mapping[str, Mapping[str, object]], by: str) -> tuple[list[str], str]:
    """The rules that were saved, and why not all of them were."""
    saved: list[str] = []
    try:
        for rule_id, fields in changes.items():
            if problems := await monitor().handling.set_preferences(rule_id, fields, by):
                return saved, f"Not everything was saved. {' '.join(problems.values())}"
            saved.append(rule_id)
    except StorageError as error:
        return saved, f"Not everything was saved. {error}"
    return saved, ""
