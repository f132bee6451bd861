"""A restart at any moment, orderly or not, is noticed by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from ops_dashboard.storage.database import Database
from tests.unit.monitor.deployment import (
    CRITICAL,
    FINE,
    WARNING,
    Process,
    Time,
    details,
    kinds,
    process,
)

WAVER = (WARNING, FINE) * 6


@pytest.mark.parametrize("action", ["acknowledge", "snooze", "dismiss"])
async def test_what_people_did_outlasts_it_and_nothing_is_announced_again(
    time: Time, database: Database, action: str
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        until = time.now + 900
        await one.act(action, note="on it", until=until)  # pyright: ignore[reportArgumentType]
        before = one.row()
    async with process(time, database) as two:
        await two.sees(None)
        await two.sees(WARNING, after=300)
        assert two.told == []
        after = two.row()
        assert (after.id, after.since, after.note) == (before.id, before.since, "on it")
        assert (after.handled, after.handled_by, after.until) == (
            *(before.handled, before.handled_by, before.until),
        )
        await two.sees(WARNING, after=600)
        assert len(two.told) == (1 if action == "snooze" else 0)


async def test_an_alert_that_nobody_took_is_still_there_and_not_announced_again(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        assert len(one.told) == 1
    async with process(time, database) as two:
        await two.sees(WARNING)
        assert (two.row().handled, two.told) == ("new", [])
        await two.sees(CRITICAL)
        assert len(two.told) == 1


async def test_an_alert_whose_data_are_gone_is_still_shown_after_it(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
    async with process(time, database) as two:
        await two.sees(None)
        assert (two.row().condition, two.row().data, two.told) == ("firing", "stale", [])


async def test_a_flapping_alert_stays_a_flapping_one(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(*WAVER)
        assert one.row().flapping
        told = len(one.told)
        assert told == 1
        await one.alerts.flush(5)
    async with process(time, database) as two:
        await two.sees(*WAVER)
        assert two.row().flapping
        assert two.told == []


async def test_what_was_resolved_before_it_opens_a_new_incident_after_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING, *[FINE] * 70)
    async with process(time, database) as two:
        await two.sees(WARNING)
        assert len(two.told) == 1
    assert [detail.row.resolved_at is None for detail in await details(database)] == [False, True]


@dataclass(frozen=True)
class Step:
    """An error rate after so many seconds, and what somebody does about the alert then."""

    rate: float | None
    after: float = 20.0
    action: str = ""


STORY: Sequence[Step] = (
    Step(FINE),
    Step(WARNING),
    Step(9.0),
    Step(8.0, action="acknowledge"),
    Step(4.5),
    Step(CRITICAL),
    Step(13.0, action="snooze"),
    Step(6.0),
    Step(FINE),
    Step(None),
    Step(None, after=100),
    Step(FINE, after=30),
    Step(FINE, after=50),
    *[Step(FINE)] * 15,
    Step(WARNING, action="dismiss"),
    Step(None, after=400),
    Step(7.5, action="restore"),
    Step(FINE),
    Step(FINE, after=70),
    Step(CRITICAL),
    Step(6.0),
)


async def played(one: Process, steps: Sequence[Step]) -> None:
    for step in steps:
        await one.sees(step.rate, after=step.after, quiet=step.after < 50)
        if step.action:
            await one.act(step.action, until=one.time.now + 30)  # pyright: ignore[reportArgumentType]


async def told(database: Database, backend: str) -> list[object]:
    """All that the history says, but for the ids."""
    return [
        (
            (row.severity, row.worst, row.opened_at, row.resolved_at, row.handled, row.peak, row.message),
            (row.acknowledged_by, row.acknowledged_at, row.title, round(row.duration or 0.0, 3)),
            [(t.at, t.kind, t.by, t.severity, t.text, t.until) for t in detail.transitions],
        )
        for detail in await details(database, backend)
        for row in (detail.row,)
    ]


@pytest.mark.parametrize("orderly", [False, True], ids=["killed", "stopped"])
async def test_a_restart_at_any_point_of_a_story_changes_nothing_of_it(
    database: Database, orderly: bool
) -> None:
    time = Time()
    async with process(time, database, "straight") as one:
        await played(one, STORY)
        await one.alerts.flush(5)
        interruptions = [each.body for each in one.told]
    expected = await told(database, "straight")
    assert kinds(await details(database, "straight")) == [
        ["opened", "acknowledged", "escalated", "snoozed", "deescalated", "unsnoozed", "resolved"],
        ["opened", "dismissed", "restored", "resolved"],
        ["opened", "deescalated"],
    ]
    for cut in (cut for cut in range(1, len(STORY)) if STORY[cut] != STORY[cut - 1]):
        time, backend = Time(), f"cut at {cut}"
        async with process(time, database, backend) as one:
            await played(one, STORY[:cut])
            if orderly:
                await one.alerts.flush(5)
        async with process(time, database, backend) as two:
            await played(two, STORY[cut:])
            await two.alerts.flush(5)
        assert await told(database, backend) == expected, backend
        assert [each.body for each in (*one.told, *two.told)] == interruptions, backend
