"""The sheet "Alert history" of a tab."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.state.alert_history import PAGE_ROWS, AlertHistoryState
from ops_dashboard.state.dialogs import DialogsState
from tests.unit.state.alert_service import FAILED, FakeAlerts
from tests.unit.state.tabs import Tabs, tab

State = AlertHistoryState


def ids(rows: Any) -> list[int]:
    return [row.id for row in rows]


async def last(tabs: Tabs, var: str) -> Any:
    return tabs.values(State, var)[-1]


async def test_the_sheet_opens_with_what_is_newest(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert ids(await tabs.until(State, "rows", len)) == list(range(1, PAGE_ROWS + 1))
        assert await last(tabs, "total") == 60
        assert tabs.values(DialogsState, "open_dialog")[-1] == "alerts"


async def test_pages_are_turned_within_their_ends(alerts: FakeAlerts):
    async with tab() as (_, call):
        for handler in (State.show(), State.turn(-1), State.turn(1), State.turn(1), State.turn(1)):
            await (await call(handler))
    assert [offset for _, offset in alerts.looked_for] == [0, 0, 25, 50, 50]


@pytest.mark.parametrize("bad", [0, 2, -3, "on", None, 10**30, []], ids=repr)
async def test_pages_are_turned_one_by_one(alerts: FakeAlerts, bad: Any):
    async with tab() as (_, call):
        await (await call(State.turn(bad)))
    assert alerts.looked_for == []


async def test_each_choice_narrows_the_search_and_starts_it_anew(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.turn(1),
            State.choose_severity("critical"),
            State.choose_state("resolved"),
            State.choose_source("workers"),
            State.search("queue", 0),
        ):
            await (await call(handler))
        wanted, offset = alerts.looked_for[-1]
        assert (wanted.severities, wanted.states, wanted.text, offset) == (
            ("critical",),
            ("resolved",),
            "queue",
            0,
        )
        assert "worker_queue" in wanted.rule_ids
        assert await last(tabs, "export_query") == "&severity=critical&state=resolved&source=workers&q=queue"
        await (await call(State.clear()))
        assert alerts.looked_for[-1] == alerts.looked_for[0]
        assert await last(tabs, "export_query") == ""


async def test_a_word_that_is_no_choice_looks_for_everything(alerts: FakeAlerts):
    async with tab() as (_, call):
        bad: list[Any] = ["loud", [], 7]
        for handler, word in zip((State.choose_severity, State.choose_state), bad, strict=False):
            await (await call(handler(word)))
        await (await call(State.search(bad[-1], 0)))
    assert {wanted for wanted, _ in alerts.looked_for} == {type(alerts.looked_for[0][0])()}


async def test_what_was_typed_before_the_filter_was_cleared_is_not_looked_for_after(alerts: FakeAlerts):
    async with tab() as (_, call):
        await (await call(State.clear()))
        await (await call(State.search("too late", 0)))
        assert [wanted.text for wanted, _ in alerts.looked_for] == [""]
        await (await call(State.search("in time", 1)))
        assert alerts.looked_for[-1][0].text == "in time"


async def test_a_link_opens_the_sheet_as_it_was_narrowed() -> None:
    state = opened("/ops?open=alerts&severity=critical&state=resolved&source=workers&q=queue+full")
    await state.read_url()
    wanted = state.wanted
    assert (wanted.severity, wanted.state, wanted.source, wanted.text) == (
        "critical",
        "resolved",
        "workers",
        "queue full",
    )


async def test_a_late_answer_does_not_replace_that_of_a_later_search(alerts: FakeAlerts):
    slow = asyncio.Event()
    alerts.gates.append(slow)
    async with tab() as (tabs, call):
        first = await call(State.search("nothing like this", 0))
        async with asyncio.timeout(5):
            while alerts.gates:
                await asyncio.sleep(0)
        await (await call(State.search("", 0)))
        slow.set()
        await first
        assert (len(await last(tabs, "rows")), await last(tabs, "is_reading")) == (PAGE_ROWS, False)


async def test_why_nothing_can_be_read_is_told_until_it_can(alerts: FakeAlerts):
    alerts.is_broken = True
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert await last(tabs, "problem") == FAILED
        alerts.is_broken = False
        await (await call(State.reload()))
        assert await last(tabs, "problem") == ""
        assert len(await last(tabs, "rows")) == PAGE_ROWS


async def test_one_incident_is_shown_with_what_happened(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        await (await call(State.show_incident(7)))
        detail = await tabs.until(State, "detail", lambda detail: detail.row.id)
        assert (detail.row.id, [one.kind for one in detail.happenings]) == (7, ["opened"])
        await (await call(State.show_table()))
        assert (await last(tabs, "incident"), await last(tabs, "left")) == (0, 7)
        assert len(await last(tabs, "rows")) == PAGE_ROWS


async def test_an_incident_that_nobody_knows_is_shown_as_none(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        await (await call(State.show_incident(999)))
        assert (await last(tabs, "incident"), await last(tabs, "is_reading")) == (999, False)
        assert all(detail.row.id == 0 for detail in tabs.values(State, "detail"))


@pytest.mark.parametrize("bad", [0, -1, True, None, "seven", 1.5, 10**30, [7]], ids=repr)
async def test_what_is_no_incident_opens_nothing(alerts: FakeAlerts, bad: Any):
    async with tab() as (tabs, call):
        await (await call(State.show_incident(bad)))
        assert "alerts" not in tabs.values(DialogsState, "open_dialog")


async def test_closing_forgets_what_was_looked_at(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (State.show_incident(7), State.close(False)):
            await (await call(handler))
        assert (await last(tabs, "incident"), tabs.values(DialogsState, "open_dialog")[-1]) == (0, "")


@pytest.mark.parametrize("action", ["acknowledge", "dismiss", "restore"])
async def test_the_incident_looked_at_can_be_handled(alerts: FakeAlerts, action: str):
    async with tab() as (tabs, call):
        for handler in (State.show_incident(7), State.handle(action)):
            await (await call(handler))
        assert alerts.acted == [(action, "error_rate|", 7, "", 0.0)]
        assert await last(tabs, "told") == "Done."


@pytest.mark.parametrize("bad", ["snooze", "", None, 3, []], ids=repr)
async def test_nothing_else_can_be_done_from_there(alerts: FakeAlerts, bad: Any):
    async with tab() as (_, call):
        for handler in (State.show_incident(7), State.handle(bad)):
            await (await call(handler))
    assert alerts.acted == []


def opened(url: str) -> Any:
    """The state of a tab that was opened with this address."""
    root: Any = State.get_root_state()(_reflex_internal_init=True)
    root.router_data = root._update_router_vars({"asPath": url, "pathname": "/ops"}, {})
    return root.get_substate(State.get_full_name().split("."))


@pytest.mark.parametrize(
    ("url", "dialog", "incident"),
    [
        ("/ops", "", 0),
        ("/ops?open=alerts", "alerts", 0),
        ("/ops?incident=7", "alerts", 7),
        ("/ops?open=alerts&incident=7", "alerts", 7),
        ("/ops?incident=0", "", 0),
        ("/ops?incident=-7", "", 0),
        ("/ops?incident=seven", "", 0),
        ("/ops?incident=%C2%B2", "", 0),
        ("/ops?incident=" + "9" * 5_000, "", 0),
    ],
)
async def test_the_address_says_what_is_looked_at(url: str, dialog: str, incident: int):
    state = opened(url)
    state.incident = 3  # what this tab looked at before it was loaded anew
    then = await state.read_url()
    assert ((await state.get_state(DialogsState)).open_dialog, state.incident) == (dialog, incident)
    assert (then is not None) == (dialog != "")
