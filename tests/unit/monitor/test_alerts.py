"""Every page is judged once, in its order; what happens is written before it is shown."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.monitor import alerts as module
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from tests.unit.monitor.deployment import (
    CRITICAL,
    ERRORS,
    FINE,
    GOOD,
    WARNING,
    Process,
    Time,
    details,
    incidents,
    kinds,
    process,
)

LOST = Contact(lost=True, since=1.0, reason="refused the connection")


def slow_modules(names: list[str]) -> dict[str, Any]:
    modules = {name: {"status": "healthy", "response_time_ms": 900.0} for name in names}
    return {**GOOD["health"], "modules": modules}


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> list[Changes]:
    """Everything that is saved, in order."""
    seen: list[Changes] = []
    save = IncidentStore.save

    async def noted(self: IncidentStore, backend: str, changes: Changes) -> Any:
        seen.append(changes)
        return await save(self, backend, changes)

    monkeypatch.setattr(IncidentStore, "save", noted)
    return seen


@pytest.mark.parametrize("how", ["attach", "detach"])
async def test_nothing_is_judged_before_what_is_open_is_known(
    time: Time, database: Database, how: str
) -> None:
    async with process(time) as one:
        for rate in (FINE, WARNING, CRITICAL):
            one.feed(rate)
        for _ in range(20):
            await asyncio.sleep(0)
        assert (one.alerts.judged, one.views) == (0, [])
        with pytest.raises(StorageError, match="not read yet"):
            await one.alerts.history(Filter(), 0, 10)
        await (one.alerts.attach(database) if how == "attach" else one.alerts.detach("It is away."))
        await one.settled()
        assert one.row().severity == "critical"


async def test_what_waited_is_judged_page_by_page_and_in_order(time: Time, database: Database) -> None:
    async with process(time) as one:
        for rate in (WARNING, CRITICAL, *[FINE] * 70, CRITICAL):
            one.feed(rate)
        await one.alerts.attach(database)
        await one.settled()
    assert kinds(await details(database)) == [["opened", "escalated", "resolved"], ["opened"]]


async def test_incident_is_shown_before_it_is_saved(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = IncidentStore.save
    async with process(time, database) as one:

        async def slow_save(self: IncidentStore, backend: str, changes: Changes) -> Any:
            ids = await save(self, backend, changes)
            assert len(await incidents(database)) == 1
            await asyncio.sleep(0.01)
            one.log.append("saved")
            return ids

        await one.sees(FINE)
        one.log.clear()
        monkeypatch.setattr(IncidentStore, "save", slow_save)
        await one.sees(WARNING)
        assert one.log == ["shown", "saved", "shown"]
        assert one.row().id == (await incidents(database))[0].id
        await one.act("acknowledge")
        assert one.log == ["shown", "saved", "shown", "saved", "shown"]


async def test_a_quiet_page_that_changes_nothing_writes_and_shows_nothing(
    time: Time, database: Database, saves: list[Changes]
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        saves.clear()
        one.views.clear()
        await one.sees(WARNING, 7.5, 8.0, 9.9, 6.0)
        assert (saves, one.views) == ([], [])
        await one.sees(CRITICAL)
        assert (len(saves), len(one.views)) == (1, 1)


async def test_a_refresh_shows_the_values_as_they_are(
    time: Time, database: Database, saves: list[Changes]
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        saves.clear()
        await one.sees(8.25, quiet=False)
        assert (one.row().value, saves) == ("8.25 %", [])


async def test_data_that_grow_old_and_come_back_are_shown_at_once(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING, None)
        assert (one.row().data, one.row().condition) == ("stale", "firing")
        await one.sees(WARNING)
        assert one.row().data == "fresh"


async def test_what_merely_moved_on_is_written_once_a_minute(
    time: Time, database: Database, saves: list[Changes]
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        saves.clear()
        await one.sees(*[9.0] * 59)
        assert saves == []
        await one.sees(9.0)
        assert len(saves) == 1
    assert [row.peak for row in await incidents(database)] == [9.0]


async def test_a_clock_put_back_does_not_put_that_off(
    time: Time, database: Database, saves: list[Changes]
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        saves.clear()
        await one.sees(9.0, after=-86_400)
        assert len(saves) == 1


async def test_a_well_backend_is_never_written_about(
    time: Time, database: Database, saves: list[Changes]
) -> None:
    async with process(time, database) as one:
        await one.sees(*[FINE] * 3)
        saves.clear()
        await one.sees(*[FINE] * 50)
        assert saves == []
        assert (one.view.groups, one.view.sentence, one.view.unsaved) == ((), "No active alerts.", "")


async def test_all_that_one_page_brings_is_one_interruption(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(CRITICAL, health=slow_modules(["graph", "search"]))
        assert [(told.count, told.severity.value) for told in one.told] == [(3, "critical")]
        await one.sees(CRITICAL, health=slow_modules(["graph", "search"]))
        assert len(one.told) == 1
        await one.sees(CRITICAL, health=slow_modules(["auth", "graph", "search"]))
        assert [told.count for told in one.told] == [3, 1]


async def test_a_lost_backend_is_one_alert_and_its_return_resolves_it(time: Time, database: Database) -> None:
    modules = [f"module-{number}" for number in range(30)]
    async with process(time, database) as one:
        await one.sees(FINE, WARNING)
        one.told.clear()
        for _ in range(5):
            await one.sees(CRITICAL, contact=LOST, health=slow_modules(modules))
        assert [told.body for told in one.told] == ["The backend is unreachable: refused the connection"]
        assert (one.view.critical, one.view.warning, one.view.quiet) == (1, 0, 1)
        assert one.row().muted == "muted: the backend is unreachable"
        assert len(one.rows) == 2
        await one.sees(*[FINE] * 70)
        assert one.rows == {}
    rows = await incidents(database)
    assert {row.rule_id: row.resolved_at is not None for row in rows} == {
        "error_rate": True,
        "backend_unreachable": True,
    }


async def test_pages_beyond_what_can_wait_are_left_out_and_the_newest_are_judged(
    time: Time, database: Database
) -> None:
    async with process(time) as one:
        one.feed(CRITICAL)
        for _ in range(module.MOST_QUEUED):
            one.feed(WARNING)
        await one.alerts.attach(database)
        await process_until(one, module.MOST_QUEUED)
        assert one.row().severity == "warning"
    assert kinds(await details(database)) == [["opened"]]


async def process_until(one: Process, judged: int) -> None:
    async with asyncio.timeout(20):
        while one.alerts.judged < judged:
            await asyncio.sleep(0.001)


async def test_old_incidents_are_deleted_by_the_hour_and_a_failure_of_that_is_only_told(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pruned: list[float] = []

    async def fails(self: IncidentStore, backend: str, now: float) -> int:
        pruned.append(now)
        raise StorageError("The disk is full.")

    monkeypatch.setattr(IncidentStore, "prune", fails)
    async with process(time, database) as one:
        began = time.now
        await one.sees(*[FINE] * 3, after=1)
        await one.sees(*[FINE] * 40, after=100)
        assert one.view.unsaved == ""
    assert pruned == [began, began + 3603]
    assert caplog.text.count("event=alerts-not-pruned") == 2


async def test_marks_are_those_of_what_is_open_and_of_what_ended(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        began = time.now
        await one.sees(WARNING)
        (mark,) = one.alerts.marks(0)
        assert (mark.metric, mark.severity.value, mark.at, mark.until) == (
            *("performance.error_rate", "warning", began + 1, 0.0),
        )
        await one.sees(CRITICAL, *[FINE] * 70)
        (mark,) = one.alerts.marks(0)
        assert mark.severity.value == "critical"
        ended = mark.until
        assert began + 60 <= ended <= time.now
        await one.sees(WARNING)
        assert [m.until for m in one.alerts.marks(0)] == [ended, 0.0]
        assert [m.until for m in one.alerts.marks(ended)] == [0.0]
        before = one.alerts.marks(0)
    async with process(time, database) as two:
        assert [(m.metric, m.severity, m.at, m.until) for m in two.alerts.marks(0)] == [
            (m.metric, m.severity, m.at, m.until) for m in before
        ]


async def test_the_incident_that_is_open_can_be_looked_up(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        page = await one.alerts.history(Filter(states=("open",)), 0, 10)
        assert [(row.rule_id, row.target) for row in page.rows] == [("error_rate", "")]
        detail = await one.alerts.incident(one.row(ERRORS).id)
        assert detail is not None
        assert detail.row == page.rows[0]
        assert await one.alerts.incident(99_999) is None


async def test_the_incident_of_another_backend_cannot_be_looked_up(time: Time, database: Database) -> None:
    async with process(time, database, "https://other") as other:
        await other.sees(WARNING)
        number = other.row(ERRORS).id
        assert await other.alerts.incident(number) is not None
    async with process(time, database) as one:
        assert await one.alerts.incident(number) is None


@pytest.mark.parametrize("step", [-7_200.0, -30.0, 3_600.0])
async def test_a_snooze_lasts_as_long_as_was_asked_for(time: Time, step: float) -> None:
    async with process(time) as one:
        await one.alerts.detach("no database")
        monotonic = 50.0
        await one.sees(WARNING, monotonic=monotonic)
        await one.act("snooze", until=time.now + 900)
        time.now += step
        for _ in range(89):
            monotonic += 10
            await one.sees(WARNING, after=10, monotonic=monotonic)
        assert one.row().handled == "snoozed"
        assert one.row().until == pytest.approx(time.now + 10)
        await one.sees(WARNING, after=10, monotonic=monotonic + 10)
        assert one.row().handled == "new"
