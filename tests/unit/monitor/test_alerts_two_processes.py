"""Two processes judge one backend into one database: each alert is one incident, and both tell the truth."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.monitor import alerts as module
from ops_dashboard.monitor.alert_answers import BUSY, OVER
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incidents import IncidentStore
from tests.unit.monitor.deployment import (
    CRITICAL,
    ERRORS,
    FINE,
    WARNING,
    Time,
    details,
    kinds,
    process,
)


async def test_what_both_see_is_one_incident_and_the_tabs_of_both_hear_of_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(WARNING, after=0)
        assert one.row().id == two.row().id > 0
        assert one.row().since == two.row().since
        assert (len(one.told), len(two.told)) == (1, 1)
        assert one.told[0].body == two.told[0].body
        assert [mark.at for mark in two.alerts.marks(0)] == [one.row().since]
        await one.sees(*[WARNING] * 200)
        await two.sees(*[WARNING] * 200)
        assert (len(one.told), len(two.told)) == (1, 1)
    assert kinds(await details(database)) == [["opened"]]


async def test_both_follow_one_story_to_its_end(time: Time, database: Database) -> None:
    async with process(time, database) as one, process(time, database) as two:
        for rate in (WARNING, CRITICAL, WARNING, *[FINE] * 70, WARNING):
            await one.sees(rate)
            await two.sees(rate, after=0)
        for each in (one, two):
            assert [told.severity.value for told in each.told] == ["warning", "critical", "warning"]
    assert kinds(await details(database)) == [["opened", "escalated", "deescalated", "resolved"], ["opened"]]


async def test_of_two_operators_in_two_processes_the_second_hears_who_was_first(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(WARNING, after=0)
        answers = await asyncio.gather(one.act("acknowledge", by="ana"), two.act("acknowledge", by="ben"))
        done = [answer.sentence for answer in answers if answer.done]
        (lost,) = (answer.sentence for answer in answers if not answer.done)
        assert done == ["Error rate: acknowledged."]
        first = "ana" if answers[0].done else "ben"
        assert lost == f"Already acknowledged by {first}."
        assert one.row().handled_by == two.row().handled_by == first
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_who_acts_on_what_ended_in_the_other_process_hears_that_it_is_over(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(WARNING, after=0)
        await one.sees(*[FINE] * 70)
        assert (await two.act("acknowledge")).sentence == OVER
        assert two.rows == {}
    assert kinds(await details(database)) == [["opened", "resolved"]]


async def test_what_was_done_in_one_process_is_seen_in_the_other_within_a_minute(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(WARNING, after=0)
        await one.act("acknowledge")
        await two.sees(WARNING, after=61)
        assert two.row().handled_by == "ana"
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_a_page_judged_while_the_other_process_writes_is_judged_all_the_same(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(CRITICAL, after=0)
        await two.sees(WARNING)
        assert len(two.told) == 1
    (detail,) = await details(database)
    assert [t.kind for t in detail.transitions] == ["opened", "escalated", "deescalated"]


async def test_a_changed_threshold_of_one_process_does_not_become_a_quarrel(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        await two.sees(WARNING, after=0)
        assert await one.alerts.set_preferences("error_rate", {"warning": 9.0}, "ana") == {}
        for _ in range(100):
            await one.sees(WARNING)
            await two.sees(WARNING, after=0)
        assert one.rows == two.rows == {}
        assert two.alerts.rules() == one.alerts.rules()
    assert kinds(await details(database)) == [["opened", "resolved"]]


async def test_what_waits_since_before_a_conflict_about_another_alert_still_gets_into_the_history(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, failing = IncidentStore.save, True

    async def maybe(self: IncidentStore, *given: Any) -> Any:
        if failing:
            raise StorageError("The disk is full.")
        return await save(self, *given)

    slow = {"events": {"events_emitted": 1, "events_received": 1, "event_latency_ms": {"p95": 5.0}}}
    async with process(time, database) as one:
        await one.sees(FINE)
        monkeypatch.setattr(IncidentStore, "save", maybe)
        await one.sees(WARNING, *[FINE] * 70)
        failing = False
        async with process(time, database) as two:
            await two.sees(FINE, **slow)
        assert kinds(await details(database)) == [["opened"]]
        await one.sees(FINE, after=60, **slow)
    found = {d.row.rule_id: [t.kind for t in d.transitions] for d in await details(database)}
    assert found == {"event_latency": ["opened"], "error_rate": ["opened", "resolved"]}


class Contended:
    """Lets every save of a store meet with a conflict, though nobody changed anything."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0

        async def conflict(store: IncidentStore, *given: Any) -> Any:
            self.calls += 1
            raise Conflict({})

        monkeypatch.setattr(IncidentStore, "save", conflict)


async def test_it_does_not_go_on_for_ever_against_others_who_are_always_first(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        contended = Contended(monkeypatch)
        assert (await one.act("acknowledge")).sentence == BUSY
        assert contended.calls == module.MOST_ATTEMPTS
        await one.sees(CRITICAL)
        assert "event=alerts-contended" in caplog.text
        monkeypatch.undo()
        await one.sees(CRITICAL)
        assert one.row().severity == "critical"
        assert len(one.told) == 2
    assert kinds(await details(database)) == [["opened", "escalated"]]


async def test_a_conflict_that_cannot_be_looked_into_is_a_failure_of_the_database(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, failing = IncidentStore.load, True

    async def maybe(self: IncidentStore, backend: str) -> Any:
        if failing:
            raise StorageError("It is locked.")
        return await load(self, backend)

    async with process(time, database) as one, process(time, database) as two:
        await one.sees(WARNING)
        monkeypatch.setattr(IncidentStore, "load", maybe)
        await two.sees(WARNING, after=0)
        assert (two.row().severity, two.view.unsaved) == ("warning", "It is locked.")
        assert len(two.told) == 1
        failing = False
        await two.sees(WARNING, after=60)
        assert (two.view.unsaved, two.row(ERRORS).id) == ("", one.row().id)
        assert len(two.told) == 1
    assert kinds(await details(database)) == [["opened"]]
