"""What operators do about alerts: the answer is true also for the second of two, and nothing done is lost."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.monitor.alert_answers import NOT_ACKNOWLEDGED, OVER, Action
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incidents import IncidentStore
from tests.unit.monitor.deployment import (
    CRITICAL,
    ERRORS,
    FINE,
    ME,
    WARNING,
    Time,
    details,
    incidents,
    kinds,
    process,
    until,
)


async def test_an_acknowledged_alert_says_by_whom_when_and_why(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        answer = await one.act("acknowledge", note="on it")
        assert (answer.done, answer.sentence) == (True, "Error rate: acknowledged.")
        row = one.row()
        assert (row.handled, row.handled_by, row.handled_at, row.note) == (
            *("acknowledged", ME, time.now, "on it"),
        )
        assert (one.view.warning, one.view.quiet) == (0, 1)
    (row,) = await incidents(database)
    assert (row.handled, row.acknowledged_by, row.note) == (Handled.ACKNOWLEDGED, ME, "on it")


async def test_of_two_operators_the_second_hears_who_was_first(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        answers = await asyncio.gather(one.act("acknowledge", by="ana"), one.act("acknowledge", by="ben"))
        assert [(answer.done, answer.sentence) for answer in answers] == [
            (True, "Error rate: acknowledged."),
            (False, "Already acknowledged by ana."),
        ]
        assert one.row().handled_by == "ana"
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


@pytest.mark.parametrize(
    ("first", "action", "sentence"),
    [
        ("dismiss", "dismiss", "Already dismissed by ana."),
        ("acknowledge", "unsnooze", "Already acknowledged by ana."),
        (None, "unsnooze", "That is so already."),
        (None, "restore", "That is so already."),
    ],
)
async def test_where_nothing_is_left_to_do_it_says_how_things_are(
    time: Time, database: Database, first: Action | None, action: Action, sentence: str
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        if first is not None:
            await one.act(first)
        answer = await one.act(action, by="ben")
        assert (answer.done, answer.sentence) == (False, sentence)


@pytest.mark.parametrize("key", [ERRORS, "error_rate", "no_such_rule|", "", "|", "error_rate|a|b"])
async def test_an_alert_that_is_not_open_is_over(time: Time, database: Database, key: str) -> None:
    async with process(time, database) as one:
        await one.sees(FINE)
        for incident in (0, 1, -1):
            assert (await one.act("acknowledge", key, incident)).sentence == OVER


async def test_an_alert_that_was_resolved_is_over_and_the_next_one_is_not_taken_for_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        first = one.row().id
        await one.sees(*[FINE] * 70)
        answer = await one.act("acknowledge", ERRORS, first)
        assert (answer.done, answer.sentence) == (False, OVER)
        await one.sees(WARNING)
        assert one.row().id != first
        assert (await one.act("acknowledge", ERRORS, first)).sentence == OVER
        assert one.row().handled == "new"
        assert (await one.act("acknowledge")).done


@pytest.mark.parametrize("until", [0.0, -1.0, float("nan"), float("inf"), "now"])
async def test_a_snooze_needs_a_moment_to_come(time: Time, database: Database, until: Any) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        answer = await one.act("snooze", until=time.now if until == "now" else until)
        assert (answer.done, answer.sentence) == (False, "A snooze must end at a moment to come.")
        assert one.row().handled == "new"


async def test_a_snooze_ends_by_itself_and_interrupts_once(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        ends = time.now + 900
        assert (await one.act("snooze", note="deploy", until=ends)).sentence == "Error rate: snoozed."
        assert (one.row().handled, one.row().until, one.row().note) == ("snoozed", ends, "deploy")
        one.told.clear()
        await one.sees(WARNING, after=899)
        assert (one.row().handled, one.told) == ("snoozed", [])
        await one.sees(WARNING)
        assert (one.row().handled, len(one.told)) == ("new", 1)
        await one.sees(*[WARNING] * 100)
        assert len(one.told) == 1
    assert kinds(await details(database)) == [["opened", "snoozed", "unsnoozed"]]


async def test_a_snooze_can_be_ended_early_and_then_it_is_heard(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.act("snooze", until=time.now + 900)
        assert (await one.act("unsnooze")).sentence == "Error rate: no longer snoozed."
        assert one.row().handled == "new"


async def test_a_dismissal_can_be_undone_and_what_was_before_is_back(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.act("acknowledge", by="ben", note="on it")
        assert (await one.act("dismiss")).sentence == "Error rate: dismissed until it is resolved."
        assert [row.key for row in one.view.dismissed] == [ERRORS]
        assert one.view.groups == ()
        assert (await one.act("restore")).sentence == "Error rate: back among the active alerts."
        assert (one.row().handled, one.row().handled_by, one.row().note) == ("acknowledged", "ben", "on it")


async def test_an_alert_that_gets_worse_wants_to_be_acknowledged_anew(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.act("acknowledge")
        one.told.clear()
        await one.sees(CRITICAL)
        assert (one.row().handled, len(one.told)) == ("new", 1)


async def test_nothing_that_people_do_interrupts_anybody(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        one.told.clear()
        for action in ("acknowledge", "dismiss", "restore", "snooze", "unsnooze"):
            assert (await one.act(action, until=time.now + 60)).done
        assert one.told == []


async def test_what_a_tab_did_holds_even_if_it_is_closed_before_the_answer(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving, go_on = asyncio.Event(), asyncio.Event()
    save = IncidentStore.save

    async def slow_save(self: IncidentStore, *given: Any) -> Any:
        saving.set()
        await go_on.wait()
        return await save(self, *given)

    async with process(time, database) as one:
        await one.sees(WARNING)
        monkeypatch.setattr(IncidentStore, "save", slow_save)
        tab = asyncio.create_task(one.act("acknowledge", note="on it"))
        await saving.wait()
        tab.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with suppress(asyncio.CancelledError):
            await tab
        assert tab.cancelled()
        await until(lambda: one.row().note == "on it")
        await one.sees(WARNING, *[FINE] * 10, WARNING)
        await one.sees(WARNING, after=61)
        assert one.row().handled == "acknowledged"
    assert [row.handled for row in await incidents(database)] == [Handled.ACKNOWLEDGED]
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_the_end_of_the_process_does_not_come_between_writing_and_knowing(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving, go_on = asyncio.Event(), asyncio.Event()
    save = IncidentStore.save

    async def slow_save(self: IncidentStore, *given: Any) -> Any:
        ids = await save(self, *given)
        saving.set()
        await go_on.wait()
        return ids

    async with process(time, database) as one:
        await one.sees(FINE)
        monkeypatch.setattr(IncidentStore, "save", slow_save)
        one.feed(WARNING)
        await saving.wait()
        for task in asyncio.all_tasks():
            if getattr(task.get_coro(), "__qualname__", "") == "Alerts.run":
                task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await one.alerts.flush(5)
        await until(lambda: one.told)
    assert kinds(await details(database)) == [["opened"]]
    async with process(time, database) as two:
        await two.sees(WARNING)
        assert two.told == []


async def test_a_note_added_later_is_shown_and_kept(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.act("acknowledge", by="ana")
        answer = await one.act("note", by="ben", note="restarted search")
        assert (answer.done, answer.sentence) == (True, "Error rate: note saved.")
        row = one.row()
        assert (row.handled_by, row.note, row.note_by) == ("ana", "restarted search", "ben")
        assert one.told[1:] == []
    async with process(time, database) as two:
        await two.sees(WARNING)
        assert (two.row().note, two.row().note_by) == ("restarted search", "ben")
        answer = await two.act("note", by="ana", seen="restarted search")
        assert answer.sentence == "Error rate: note removed."
    (row,) = await incidents(database)
    assert (row.acknowledged_by, row.note) == ("ana", "")
    assert kinds(await details(database)) == [["opened", "acknowledged", "noted", "noted"]]


async def test_of_two_who_change_a_note_the_second_is_told_and_writes_over_nothing(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.act("acknowledge")
        answers = await asyncio.gather(one.act("note", note="first"), one.act("note", note="second"))
        assert [(answer.done, answer.sentence) for answer in answers] == [
            (True, "Error rate: note saved."),
            (False, "Somebody changed the note meanwhile."),
        ]
        assert one.row().note == "first"


async def test_without_an_acknowledgement_there_is_no_note(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        for action in (None, "snooze", "dismiss"):
            if action:
                await one.act(action, until=time.now + 60)
            answer = await one.act("note", note="late")
            assert (answer.done, answer.sentence) == (False, NOT_ACKNOWLEDGED)
        assert (await one.act("note", incident=99, note="late")).sentence == OVER
    assert "noted" not in kinds(await details(database))[0]
