"""A database that fails or comes late costs neither an alert nor a moment, and in the end not even the history."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.monitor import alerts as alerts_module
from ops_dashboard.monitor import writer
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import DiskFull, StorageError
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.preferences import PreferenceStore
from tests.unit.monitor.deployment import (
    CRITICAL,
    ERRORS,
    FINE,
    WARNING,
    Time,
    details,
    incidents,
    kinds,
    process,
    until,
)

FULL = "The disk is full."


class Broken:
    """Lets a method of the store fail for as long as ``why`` says so; ``calls`` counts how often it was tried."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
        self.why, self.calls = "", 0
        works = getattr(IncidentStore, method)

        async def maybe(store: IncidentStore, *given: Any) -> Any:
            self.calls += 1
            if self.why:
                raise DiskFull(self.why)
            return await works(store, *given)

        monkeypatch.setattr(IncidentStore, method, maybe)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(writer, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(writer, "LONGEST_PAUSE_SECONDS", 0.001)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Broken]:
    return lambda method: Broken(monkeypatch, method)


async def test_alerts_are_shown_all_the_same_with_the_reason_and_written_once_it_works(
    time: Time, database: Database, broken: Callable[[str], Broken]
) -> None:
    disk = broken("save")
    async with process(time, database) as one:
        await one.sees(FINE)
        disk.why = FULL
        await one.sees(WARNING)
        assert (one.row().id, one.row().severity, one.view.unsaved) == (0, "warning", FULL)
        assert len(one.told) == 1
        await one.sees(CRITICAL)
        answer = await one.act("acknowledge")
        assert answer.done
        assert answer.sentence == f"Error rate: acknowledged; not saved yet: {FULL}"
        await one.sees(*[FINE] * 70)
        assert one.rows == {}
        await one.sees(WARNING)
        assert await incidents(database) == ()
        disk.why = ""
        await until(lambda: one.view.unsaved == "")
        assert one.row().id == (await incidents(database))[1].id
        assert [told.severity.value for told in one.told] == ["warning", "critical", "warning"]
    assert kinds(await details(database)) == [["opened", "escalated", "acknowledged", "resolved"], ["opened"]]
    ended, _ = await incidents(database)
    assert (ended.peak, ended.acknowledged_by, ended.resolved_at is not None) == (CRITICAL, "ana", True)
    assert ended.duration is not None
    assert ended.duration >= 60


async def test_a_failure_is_logged_once_and_so_is_its_end(
    time: Time, database: Database, broken: Callable[[str], Broken], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    disk = broken("save")
    async with process(time, database) as one:
        disk.why = FULL
        await one.sees(*[WARNING] * 50)
        assert caplog.text.count("event=alerts-not-saved") == 1
        disk.why = ""
        await until(lambda: one.view.unsaved == "")
        assert caplog.text.count("event=alerts-saved-again") == 1


async def test_a_failure_is_over_when_there_is_nothing_left_to_write(
    time: Time, database: Database, broken: Callable[[str], Broken]
) -> None:
    disk = broken("save")
    async with process(time) as one:
        await one.alerts.detach("It is not up yet.")
        await one.sees(FINE, events={})
        assert one.view.unsaved == "It is not up yet."
        await one.alerts.attach(database)
        await until(lambda: one.view.unsaved == "")
        assert disk.calls == 0


async def test_an_incident_that_ended_unsaved_does_not_lend_its_id_to_the_next(
    time: Time, database: Database, broken: Callable[[str], Broken]
) -> None:
    disk = broken("save")
    async with process(time, database) as one:
        await one.sees(WARNING)
        first = one.row().id
        disk.why = FULL
        await one.sees(*[FINE] * 70, WARNING)
        assert one.row().id == 0
        assert not (await one.act("acknowledge", ERRORS, first)).done
        assert (await one.act("acknowledge", ERRORS, 0)).done


async def test_a_click_on_an_alert_that_was_saved_since_it_was_shown_still_counts(
    time: Time, database: Database, broken: Callable[[str], Broken]
) -> None:
    disk = broken("save")
    async with process(time, database) as one:
        disk.why = FULL
        await one.sees(WARNING)
        disk.why = ""
        await until(lambda: one.row().id > 0)
        assert (await one.act("acknowledge", ERRORS, 0)).done


async def test_without_a_database_there_is_no_history_but_a_reason(time: Time) -> None:
    async with process(time) as one:
        await one.alerts.detach("It is away.")
        await one.sees(WARNING)
        with pytest.raises(StorageError, match="It is away"):
            await one.alerts.history(Filter(), 0, 10)
        with pytest.raises(StorageError, match="It is away"):
            await one.alerts.incident(1)
        answer = await one.act("acknowledge")
        assert answer.sentence == "Error rate: acknowledged; not saved yet: It is away."


async def test_what_happened_while_it_was_away_is_written_when_it_is_back(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.alerts.detach("It is away.")
        await one.act("acknowledge")
        await one.sees(CRITICAL)
        await one.act("acknowledge", by="ben")
        await one.alerts.attach(database)
        await one.sees(CRITICAL)
        assert (one.row().handled_by, one.row().severity, one.view.unsaved) == ("ben", "critical", "")
        assert len(one.told) == 2
    assert kinds(await details(database)) == [["opened", "acknowledged", "escalated", "acknowledged"]]


async def test_what_ended_while_it_was_away_does_not_come_back_with_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        await one.alerts.detach("It is away.")
        await one.sees(*[FINE] * 100)
        await one.alerts.attach(database)
        await one.sees(FINE)
        assert one.rows == {}
    (row,) = await incidents(database)
    assert row.resolved_at is not None
    assert kinds(await details(database)) == [["opened", "resolved"]]


async def test_a_database_that_comes_late_knows_better_when_an_incident_began_and_who_has_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as before:
        await before.sees(WARNING)
        await before.act("acknowledge")
        began = before.row().since
    async with process(time) as one:
        await one.alerts.detach("It is not up yet.")
        await one.sees(WARNING)
        await one.act("acknowledge", by="ben")
        await one.alerts.attach(database)
        await one.sees(WARNING)
        assert (one.row().since, one.row().handled_by) == (began, "ana")
        assert [mark.at for mark in one.alerts.marks(0)] == [began]
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_what_people_did_before_a_late_database_came_is_kept(time: Time, database: Database) -> None:
    async with process(time, database) as before:
        await before.sees(WARNING)
    async with process(time) as one:
        await one.alerts.detach("It is not up yet.")
        await one.sees(WARNING)
        await one.act("acknowledge", by="ben")
        await one.alerts.attach(database)
        await one.sees(WARNING)
        assert one.row().handled_by == "ben"
        assert len(one.told) == 1
    assert [row.handled for row in await incidents(database)] == [Handled.ACKNOWLEDGED]
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_an_incident_that_opened_before_a_late_database_came_is_not_announced_again(
    time: Time, database: Database
) -> None:
    async with process(time, database) as before:
        await before.sees(WARNING, *[FINE] * 70)
    async with process(time) as one:
        await one.alerts.detach("It is not up yet.")
        await one.sees(WARNING)
        await one.alerts.attach(database)
        await one.sees(WARNING)
        assert len(one.told) == 1
    assert kinds(await details(database)) == [["opened", "resolved"], ["opened"]]


@pytest.mark.parametrize("method", ["load", "history"])
async def test_a_database_that_cannot_be_read_changes_nothing_and_can_be_attached_later(
    time: Time, database: Database, broken: Callable[[str], Broken], method: str
) -> None:
    async with process(time, database) as before:
        await before.sees(WARNING)
        await before.act("acknowledge")
    disk = broken(method)
    async with process(time) as one:
        disk.why = "It is locked."
        with pytest.raises(StorageError, match="It is locked"):
            await one.alerts.attach(database)
        await one.alerts.detach("It is locked.")
        await one.sees(WARNING)
        assert (one.row().handled, one.view.unsaved) == ("new", "It is locked.")
        disk.why = ""
        await one.alerts.attach(database)
        await one.sees(WARNING)
        assert (one.row().handled, one.view.unsaved) == ("acknowledged", "")
    assert kinds(await details(database)) == [["opened", "acknowledged"]]


async def test_what_is_left_at_the_end_is_written(
    time: Time, database: Database, broken: Callable[[str], Broken]
) -> None:
    disk = broken("save")
    async with process(time, database) as one:
        await one.sees(FINE)
        disk.why = FULL
        await one.sees(WARNING)
        disk.why = ""
        await one.alerts.flush(5)
    assert kinds(await details(database)) == [["opened"]]


async def test_alert_that_cannot_be_saved_does_not_block_others(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = IncidentStore.save

    async def picky(store: IncidentStore, backend: str, changes: Changes) -> Any:
        if any(event.note == "\N{FIRE}" for event in changes.events):
            raise StorageError("It cannot be encoded.")
        return await save(store, backend, changes)

    monkeypatch.setattr(IncidentStore, "save", picky)
    slow = {"events": {"events_emitted": 1, "events_received": 1, "event_latency_ms": {"p95": 5.0}}}
    async with process(time, database) as one:
        await one.sees(WARNING)
        answer = await one.act("acknowledge", note="\N{FIRE}")
        assert answer.sentence.endswith("Some alerts cannot be saved (error_rate): It cannot be encoded.")
        await one.sees(WARNING, **slow)
        await until(lambda: one.rows["event_latency|"].id)
        assert "error_rate" in one.view.unsaved
        monkeypatch.setattr(IncidentStore, "save", save)
        await until(lambda: one.view.unsaved == "")
    found = {d.row.rule_id: [t.kind for t in d.transitions] for d in await details(database)}
    assert found == {"error_rate": ["opened", "acknowledged"], "event_latency": ["opened"]}


async def test_first_judgement_waits_no_longer_than_a_moment(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts_module, "RECALL_SECONDS", 0.01)
    async with process(time) as one:
        await one.sees(WARNING)
        assert one.row().severity == "warning"


async def test_answer_to_a_person_does_not_wait_for_a_stalled_database(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stalled = asyncio.Event()

    async def stalls(*_: Any) -> Any:
        await stalled.wait()

    monkeypatch.setattr(alerts_module, "ANSWER_SECONDS", 0.02)
    monkeypatch.setattr(writer, "SLOW_SECONDS", 0.01)
    async with process(time, database) as one:
        await one.sees(WARNING)
        monkeypatch.setattr(IncidentStore, "save", stalls)
        answer = await one.act("acknowledge")
        assert answer.sentence.startswith("Error rate: acknowledged; not saved yet: The database ")
        assert answer.sentence.endswith("does not answer.")
        one.feed(CRITICAL)
        await until(lambda: one.row().severity == "critical")
        assert one.view.unsaved.endswith("does not answer.")
        stalled.set()


async def test_rules_are_saved_again_in_a_database_that_lost_them(
    time: Time, database: Database, tmp_path: Path
) -> None:
    async with process(time, database) as one:
        assert await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana") == {}
        settings = Settings(data_dir=tmp_path / "new", database_url=None)
        async with await open_database(settings) as new:
            await one.alerts.attach(new)
            assert await PreferenceStore(new).load(one.backend) == {"error_rate": {"warning": 6.0}}
            await one.alerts.detach("The end.")
