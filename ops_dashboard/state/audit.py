"""The sheet "Audit" of this tab: what it looks for and what was found. Nothing is read before it is opened."""

from typing import Literal, get_args

import reflex as rx
from reflex.state import BaseState

from ops_dashboard.domain.views.audit import AuditFilter, AuditRow, audit_filter, audit_rows
from ops_dashboard.domain.views.sessions import SessionsView, sessions_view
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.session import may_act, opened_sessions
from ops_dashboard.storage.errors import StorageError

AUDIT = "audit"
"""The name of the sheet among the dialogs."""
MOST_SHOWN = 500
Part = Literal["actions", "sessions"]
PARTS = get_args(Part)


class AuditState(rx.State):
    """What was found is as it was when it was looked for."""

    part: str = "actions"
    wanted: rx.Field[AuditFilter] = rx.field(default_factory=AuditFilter)
    cleared: int = 0
    """Grows when the filter is cleared: the search field starts anew."""
    rows: rx.Field[tuple[AuditRow, ...]] = rx.field(default_factory=tuple)
    total: int = 0
    sessions: rx.Field[SessionsView] = rx.field(default_factory=SessionsView)
    is_reading: bool = False
    problem: str = ""
    """Why nothing could be read."""
    waiting: int = 0
    """How many rows could not be written yet."""
    _reading: int = 0

    @rx.var
    def export_query(self) -> str:
        """What is looked for, to be added to the address of an export."""
        return f"&{self.wanted.query}" if self.wanted.query else ""

    @rx.var
    def is_filtered(self) -> bool:
        """Whether anything narrows the search."""
        return self.wanted != AuditFilter()

    @rx.var
    def count_text(self) -> str:
        """How many rows are shown, and of how many."""
        if self.total > len(self.rows):
            return f"newest {len(self.rows):,} of {self.total:,}"
        return f"{self.total:,} {'row' if self.total == 1 else 'rows'}" if self.total else ""

    @rx.event(background=True)
    @allowed("operator")
    async def show(self) -> None:
        """Open the sheet with what is newest."""
        async with self:
            (await self.get_state(DialogsState))._open(AUDIT)
        await self._read()

    @rx.event
    @allowed("viewer")
    async def read_url(self) -> rx.event.EventCallback[()] | None:
        """Open the sheet if the address names it. For who is no operator it does not stay open, either."""
        dialogs = await self.get_state(DialogsState)
        if not may_act(self):
            dialogs.open_dialog = "" if dialogs.open_dialog == AUDIT else dialogs.open_dialog
        elif self.router.url.query_parameters.get("open", "") == AUDIT and not dialogs._is_chosen():
            return AuditState.show()
        return None

    @rx.event
    @allowed("viewer")
    async def close(self, _open: bool) -> None:
        """Close the sheet. What is looked for stays chosen."""
        (await self.get_state(DialogsState))._open("")
        self._forget()

    @rx.event
    @allowed("operator")
    def choose_part(self, part: str) -> None:
        """Look at the actions, or at the open sessions."""
        if part in PARTS:
            self.part = part

    @rx.event(background=True)
    @allowed("operator")
    async def choose_action(self, action: str) -> None:
        """Look for one action, or "all"."""
        await self._look_for(action=action)

    @rx.event(background=True)
    @allowed("operator")
    async def choose_outcome(self, outcome: str) -> None:
        """Look for one outcome, or "all"."""
        await self._look_for(outcome=outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def search(self, text: str, cleared: int) -> None:
        """Look for words, typed since the filter was cleared for the ``cleared``-th time."""
        async with self:
            is_late = cleared != self.cleared
        if not is_late:
            await self._look_for(text=text)

    @rx.event(background=True)
    @allowed("operator")
    async def clear(self) -> None:
        """Look for everything."""
        async with self:  # at once: the new search field begins with what is looked for then
            self.cleared += 1
            self.wanted = AuditFilter()
        await self._read()

    @rx.event(background=True)
    @allowed("operator")
    async def reload(self) -> None:
        """Read once more what is looked at."""
        await self._read()

    async def _look_for(self, **choices: object) -> None:
        async with self:
            self.wanted = audit_filter(**(self._choices() | choices))
        await self._read()

    async def _read(self) -> None:
        """Read what is looked for. An answer that comes when something else was asked for is dropped."""
        trail = monitor().audit
        async with self:
            self._reading += 1
            me, wanted = self._reading, audit_filter(**self._choices()).stored
            self.is_reading, self.problem = True, ""
            self.sessions = sessions_view(opened_sessions(self), monitor().collector.now())
        rows, total, problem = (), 0, ""
        try:
            page = await trail.page(wanted, MOST_SHOWN)
            rows, total = audit_rows(page.rows), page.total
        except StorageError as error:
            problem = str(error)
        async with self:
            if self._reading == me:
                self.is_reading, self.problem, self.waiting = False, problem, trail.waiting
                self.rows, self.total = rows, total

    def _choices(self) -> dict[str, object]:
        return {"action": self.wanted.action, "outcome": self.wanted.outcome, "text": self.wanted.text}

    def _forget(self) -> None:
        """Drop what was found, and what is still being looked for."""
        self._reading += 1
        self.rows, self.total, self.sessions = (), 0, SessionsView()
        self.is_reading, self.problem, self.waiting = False, "", 0


async def forget_audit(state: BaseState) -> None:
    """Drop what a tab knows of the audit, where it was opened in it."""
    audit = await state.get_state(AuditState)
    if audit._reading:
        audit._forget()
