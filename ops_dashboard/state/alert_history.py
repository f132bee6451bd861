"""The sheet "Alert history" of this tab: what it looks for, what was found, and the incident it looks at."""

import reflex as rx

from ops_dashboard.domain.views.alert_filter import AlertFilter, alert_filter, filter_of_query
from ops_dashboard.domain.views.alert_history import HistoryRow, IncidentView, history_rows, incident_view
from ops_dashboard.monitor.alert_answers import Action
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.alert_actions import act
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.session import who
from ops_dashboard.storage.errors import StorageError

HISTORY = "alerts"
"""The name of the sheet among the dialogs."""
PAGE_ROWS = 25
_HIGHEST = 2**53 - 1
"""The highest whole number that a browser hands over as it is."""
_MOST_DIGITS = 16


class AlertHistoryState(rx.State):
    """Incident and filter live in the URL; incident 0 is none. What was found is as it was when it was looked for."""

    wanted: rx.Field[AlertFilter] = rx.field(default_factory=AlertFilter)
    cleared: int = 0
    """Grows when the filter is cleared: the search field starts anew."""
    rows: rx.Field[tuple[HistoryRow, ...]] = rx.field(default_factory=tuple)
    total: int = 0
    offset: int = 0
    is_reading: bool = False
    problem: str = ""
    """Why nothing could be read."""
    incident: int = 0
    detail: rx.Field[IncidentView] = rx.field(default_factory=IncidentView)
    told: str = ""
    """What came of the last action here."""
    left: int = 0
    """The incident looked at before the table came back: the focus returns to its row."""
    _reading: int = 0

    @rx.var
    def export_query(self) -> str:
        """What is looked for, to be added to the address of an export."""
        return f"&{self.wanted.query}" if self.wanted.query else ""

    @rx.var
    def is_filtered(self) -> bool:
        """Whether anything narrows the search."""
        return self.wanted != AlertFilter()

    @rx.event(background=True)
    @allowed("viewer")
    async def show(self) -> None:
        """Open the sheet with what is newest."""
        async with self:
            await self._open(0)
        await self._read()

    @rx.event(background=True)
    @allowed("viewer")
    async def show_incident(self, incident: int) -> None:
        """Open the sheet on one incident; of one that nobody knows it says just that."""
        if not isinstance(incident, int) or isinstance(incident, bool) or not 0 < incident <= _HIGHEST:
            return
        async with self:
            await self._open(incident)
        await self._read()

    @rx.event(background=True)
    @allowed("viewer")
    async def show_table(self) -> None:
        """Go back from an incident to the table."""
        async with self:
            self.left, self.incident, self.detail, self.told = self.incident, 0, IncidentView(), ""
        await self._read()

    @rx.event
    @allowed("viewer")
    async def read_url(self) -> rx.event.EventCallback[()] | None:
        """Open what the address names. To be called after the dialogs have read theirs."""
        if (await self.get_state(DialogsState))._is_chosen():
            return None
        asked = self.router.url.query_parameters
        incident, named = asked.get("incident", ""), asked.get("open", "") == HISTORY
        self.incident = 0
        if _is_id(incident) or named:
            self.wanted = filter_of_query(asked)
            await self._open(int(incident) if _is_id(incident) else 0)
            return AlertHistoryState.reload()
        return None

    @rx.event
    @allowed("viewer")
    async def close(self, _open: bool) -> None:
        """Close the sheet. What is looked for stays chosen."""
        (await self.get_state(DialogsState))._open("")
        self._reading += 1
        self.incident, self.detail, self.rows, self.left = 0, IncidentView(), (), 0

    @rx.event(background=True)
    @allowed("viewer")
    async def choose_severity(self, severity: str) -> None:
        """Look for one severity, or "all"."""
        await self._look_for(severity=severity)

    @rx.event(background=True)
    @allowed("viewer")
    async def choose_state(self, state: str) -> None:
        """Look for what is open, acknowledged, resolved …, or "all"."""
        await self._look_for(state=state)

    @rx.event(background=True)
    @allowed("viewer")
    async def choose_source(self, source: str) -> None:
        """Look for what one part of the backend is about, or "all"."""
        await self._look_for(source=source)

    @rx.event(background=True)
    @allowed("viewer")
    async def search(self, text: str, cleared: int) -> None:
        """Look for words, typed since the filter was cleared for the ``cleared``-th time."""
        async with self:
            is_late = cleared != self.cleared
        if not is_late:
            await self._look_for(text=text)

    @rx.event(background=True)
    @allowed("viewer")
    async def clear(self) -> None:
        """Look for everything."""
        async with self:
            self.cleared += 1
            self.wanted, self.offset, self.left = AlertFilter(), 0, 0
        await self._read()

    @rx.event(background=True)
    @allowed("viewer")
    async def turn(self, pages: int) -> None:
        """Go so many pages on, or back; not beyond the ends."""
        if pages in (-1, 1):
            async with self:
                last = max(0, self.total - 1) // PAGE_ROWS * PAGE_ROWS
                self.offset = min(last, max(0, self.offset + pages * PAGE_ROWS))
                self.left = 0
            await self._read()

    @rx.event(background=True)
    @allowed("viewer")
    async def reload(self) -> None:
        """Read once more what is looked at."""
        await self._read()

    @rx.event(background=True)
    @allowed("operator")
    async def handle(self, action: str) -> None:
        """Acknowledge, dismiss or restore the incident looked at, if it is open."""
        doable: dict[str, Action] = {one: one for one in ("acknowledge", "dismiss", "restore")}
        if not isinstance(action, str) or action not in doable:
            return
        async with self:
            row = self.detail.row
        outcome = await act(who(self), doable[action], row.key, row.id)
        async with self:
            self.told = outcome.sentence
        await self._read()

    async def _open(self, incident: int) -> None:
        (await self.get_state(DialogsState))._open(HISTORY)
        self.incident, self.detail, self.left, self.offset = incident, IncidentView(), 0, 0
        self.is_reading, self.told = True, ""

    async def _look_for(self, **choices: object) -> None:
        async with self:
            self.wanted = alert_filter(**{**_choices(self.wanted), **choices})
            self.offset = self.left = 0
        await self._read()

    async def _read(self) -> None:
        """Read the table, or the incident. An answer that comes when something else was asked for is dropped."""
        async with self:
            self._reading += 1
            me, offset, incident = self._reading, self.offset, self.incident
            wanted = alert_filter(**_choices(self.wanted)).stored  # what is read of a state is a proxy
            self.is_reading, self.problem = True, ""
        alerts, rows, total, detail, problem = monitor().alerts, (), 0, IncidentView(), ""
        try:
            if incident:
                found = await alerts.incident(incident)
                detail = incident_view(found, alerts.rules()) if found else IncidentView()
            else:
                page = await alerts.history(wanted, offset, PAGE_ROWS)
                rows, total = history_rows(page.rows, alerts.rules()), page.total
        except StorageError as error:
            problem = str(error)
        async with self:
            if self._reading == me:
                self.is_reading, self.problem = False, problem
                if incident:
                    self.detail = detail
                else:
                    self.rows, self.total = rows, total


def _choices(wanted: AlertFilter) -> dict[str, object]:
    return {
        "severity": wanted.severity,
        "state": wanted.state,
        "source": wanted.source,
        "text": wanted.text,
    }


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) <= _MOST_DIGITS and 0 < int(text) <= _HIGHEST
