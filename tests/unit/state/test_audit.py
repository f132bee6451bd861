"""The sheet "Audit" of a tab."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.domain.audit import AuditEntry, AuditPage, AuditQuery
from ops_dashboard.state import audit
from ops_dashboard.state.audit import MOST_SHOWN, AuditState, forget_audit
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.storage.errors import StorageError
from tests.snapshots import NOW
from tests.unit.state.tabs import Tabs, tab

State = AuditState
FAILED = "The disk is full."


class FakeTrail:
    """Stands for the monitor, its collector's clock and its audit at once."""

    def __init__(self) -> None:
        self.audit = self.collector = self
        self.asked: list[AuditQuery] = []
        self.total = 3
        self.waiting = 0
        self.is_broken = False
        self.gates: list[asyncio.Event] = []
        """A search waits for the first of these, if there is one, before it answers."""

    def now(self) -> float:
        return NOW

    async def page(self, wanted: AuditQuery, limit: int) -> AuditPage:
        self.asked.append(wanted)
        total = self.total  # as of now, however long the answer takes
        if self.gates:
            await self.gates.pop(0).wait()
        if self.is_broken:
            raise StorageError(FAILED)
        rows = (
            AuditEntry(NOW - n, "ana", "clear_cache", "", "done", "Done.") for n in range(min(total, limit))
        )
        return AuditPage(tuple(rows), total)


@pytest.fixture
def trail(monkeypatch: pytest.MonkeyPatch) -> FakeTrail:
    fake = FakeTrail()
    monkeypatch.setattr(audit, "monitor", lambda: fake)
    return fake


def last(tabs: Tabs, var: str) -> Any:
    return tabs.values(State, var)[-1]


async def test_nothing_is_read_before_the_sheet_is_opened(trail: FakeTrail):
    async with tab() as (_, call):
        await (await call(DialogsState.show("sources")))
        await (await call(State.read_url()))
    assert trail.asked == []


async def test_the_sheet_opens_with_what_is_newest(trail: FakeTrail):
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert [row.action for row in last(tabs, "rows")] == ["Clear the cache"] * 3
        assert (last(tabs, "count_text"), last(tabs, "is_reading")) == ("3 rows", False)
        assert tabs.values(DialogsState, "open_dialog")[-1] == "audit"


@pytest.mark.parametrize(
    ("total", "text"), [(0, ""), (1, "1 row"), (500, "500 rows"), (12_340, "newest 500 of 12,340")]
)
async def test_it_says_how_many_there_are(trail: FakeTrail, total: int, text: str):
    trail.total = total
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert (len(last(tabs, "rows")), last(tabs, "count_text")) == (min(total, MOST_SHOWN), text)


async def test_each_choice_narrows_the_search_and_an_export_takes_it_along(trail: FakeTrail):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.choose_action("log_in"),
            State.choose_outcome("refused"),
            State.search("ada", 0),
        ):
            await (await call(handler))
        wanted = trail.asked[-1]
        assert (wanted.action, wanted.outcome, [word for word, _ in wanted.words]) == (
            *("log_in", "refused", ["ada"]),
        )
        assert last(tabs, "export_query") == "&action=log_in&outcome=refused&q=ada"
        await (await call(State.clear()))
        assert trail.asked[-1] == AuditQuery()
        assert last(tabs, "export_query") == ""


async def test_what_was_typed_before_the_filter_was_cleared_comes_too_late(trail: FakeTrail):
    async with tab() as (_, call):
        for handler in (State.show(), State.clear(), State.search("late", 0)):
            await (await call(handler))
    assert trail.asked == [AuditQuery(), AuditQuery()]


@pytest.mark.parametrize(
    "bad", [None, "", "no such", 7, [], {"a": 1}, "x" * 100_000], ids=lambda b: str(b)[:9]
)
async def test_what_is_no_choice_looks_for_all(trail: FakeTrail, bad: Any):
    async with tab() as (tabs, call):
        for handler in (State.choose_action(bad), State.choose_outcome(bad), State.choose_part(bad)):
            await (await call(handler))
        assert set(tabs.values(State, "part")) == {"actions"}
    assert set(trail.asked) == {AuditQuery()}


async def test_a_database_that_is_away_is_told_with_what_waits_for_it(trail: FakeTrail):
    trail.is_broken, trail.waiting = True, 3
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert (last(tabs, "problem"), last(tabs, "waiting"), last(tabs, "is_reading")) == (FAILED, 3, False)
        trail.is_broken = False
        await (await call(State.reload()))
        assert (last(tabs, "problem"), len(last(tabs, "rows"))) == ("", 3)


async def test_an_answer_that_comes_too_late_is_dropped(trail: FakeTrail):
    gate = asyncio.Event()
    trail.gates = [gate]
    async with tab() as (tabs, call):
        slow = await call(State.show())
        await tabs.until(State, "is_reading")
        trail.total = 1
        await (await call(State.reload()))
        gate.set()
        await slow
        assert last(tabs, "total") == 1


async def test_closing_forgets_all_that_was_found(trail: FakeTrail):
    async with tab() as (tabs, call):
        for handler in (State.show(), State.close(False)):
            await (await call(handler))
        assert (last(tabs, "rows"), last(tabs, "total")) == ((), 0)
        assert tabs.values(DialogsState, "open_dialog")[-1] == ""


def opened(url: str) -> Any:
    """The state of a tab that was opened with this address, by an operator on this machine."""
    root: Any = State.get_root_state()(_reflex_internal_init=True)
    root.router_data = root._update_router_vars({"asPath": url, "pathname": "/ops"}, {})
    return root.get_substate(State.get_full_name().split("."))


@pytest.mark.parametrize(
    ("url", "is_operator", "opens"),
    [
        ("/ops?open=audit", True, True),
        ("/ops?open=audit", False, False),
        ("/ops?open=sources", True, False),
        ("/ops", True, False),
    ],
)
async def test_a_link_opens_it_for_operators_alone(
    monkeypatch: pytest.MonkeyPatch, url: str, is_operator: bool, opens: bool
):
    monkeypatch.setattr(audit, "may_act", lambda _: is_operator)
    assert (await opened(url).read_url() is not None) == opens


async def test_it_does_not_stay_open_for_who_is_no_operator_any_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit, "may_act", lambda _: False)
    state = opened("/ops?open=audit")
    dialogs = await state.get_state(DialogsState)
    dialogs.open_dialog = "audit"
    assert await state.read_url() is None
    assert dialogs.open_dialog == ""


async def test_what_another_reader_of_the_tab_had_found_is_dropped(trail: FakeTrail):
    state = opened("/ops")
    state.rows, state.total, state._reading = ("a row",), 1, 1
    await forget_audit(state)
    assert (tuple(state.rows), state.total) == ((), 0)
