"""Two who write at once: exactly one wins, the other is told what is there now."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.settings import Settings
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.tables import AlertStateRecord, IncidentRecord
from tests.integration.storage.alerts import BACKEND, changes, opened, save
from tests.unit.domain.alerts.play import CURT, Play


@pytest.fixture
async def other(settings: Settings, database: Database) -> AsyncIterator[IncidentStore]:
    """The store of another process."""
    async with await open_database(settings) as opened_too:
        yield IncidentStore(opened_too)


def acknowledged(one: Play, by: str) -> Changes:
    state, events = acknowledge(one.state, one.now + 1, by, f"by {by}")
    return Changes({one.state.key: state}, events)


async def by_whom(store: IncidentStore) -> list[str]:
    return [row.acknowledged_by for row in (await store.history(BACKEND, Filter(), 0, 10)).rows]


async def test_of_two_who_acknowledge_at_once_one_wins_and_the_other_learns_who(
    database: Database, other: IncidentStore
) -> None:
    store, one = IncidentStore(database), opened("a", CURT)
    ids = await save(store, one)
    stores = {"ana": store, "ben": other}
    for _ in range(10):
        for each in stores.values():
            await each.load(BACKEND)
        results = dict(
            zip(
                stores,
                await asyncio.gather(
                    *(each.save(BACKEND, acknowledged(one, name)) for name, each in stores.items()),
                    return_exceptions=True,
                ),
                strict=True,
            )
        )
        lost = {name: result for name, result in results.items() if isinstance(result, BaseException)}
        assert len(lost) == 1
        ((loser, error),) = lost.items()
        winner = next(name for name in stores if name != loser)
        assert isinstance(error, Conflict)
        assert error.keys == (one.state.key,)
        truth = error.states[one.state.key]
        assert truth is not None
        assert truth.incident is not None
        assert truth.incident.handling.by == winner
        assert (await stores[loser].load(BACKEND)).states == {one.state.key: truth}
        assert await by_whom(store) == [winner]
    detail = await store.incident(ids[one.state.key])
    assert detail is not None
    assert [transition.kind for transition in detail.transitions] == ["opened", *["acknowledged"] * 10]


async def test_two_who_open_the_same_alert_make_one_incident(
    database: Database, other: IncidentStore
) -> None:
    stores = [IncidentStore(database), other]
    plays = [opened("a", value=7.0), opened("a", value=8.0)]
    results = await asyncio.gather(
        *(save(each, one) for each, one in zip(stores, plays, strict=True)), return_exceptions=True
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert (await other.history(BACKEND, Filter(), 0, 10)).total == 1


async def test_nothing_of_a_conflicting_save_is_written(database: Database, other: IncidentStore) -> None:
    store, one, two = IncidentStore(database), opened("a"), opened("b")
    await save(store, one)
    with pytest.raises(Conflict) as caught:
        await save(other, two, one)
    assert caught.value.states == {one.state.key: one.state}
    assert (await store.load(BACKEND)).states == {one.state.key: one.state}
    assert (await store.history(BACKEND, Filter(), 0, 10)).total == 1


async def test_a_conflict_goes_on_until_the_alerts_are_loaded(
    database: Database, other: IncidentStore
) -> None:
    store, one = IncidentStore(database), opened("a")
    await save(store, one)
    for _ in range(2):
        with pytest.raises(StorageError, match="just changed by another process"):
            await other.save(BACKEND, acknowledged(one, "ben"))
    assert await by_whom(store) == [""]
    await other.load(BACKEND)
    await other.save(BACKEND, acknowledged(one, "ben"))
    with pytest.raises(Conflict):
        await store.save(BACKEND, acknowledged(one, "ana"))
    assert await by_whom(store) == ["ben"]


async def test_a_conflict_about_one_alert_does_not_touch_the_others(
    database: Database, other: IncidentStore
) -> None:
    store, one, two = IncidentStore(database), opened("a"), opened("b")
    await save(store, one, two)
    await other.load(BACKEND)
    await store.save(BACKEND, acknowledged(one, "ana"))
    await other.save(BACKEND, acknowledged(two, "ben"))
    assert set(await by_whom(store)) == {"ana", "ben"}


@pytest.mark.parametrize("again", [False, True], ids=["gone", "gone and back"])
async def test_an_alert_that_another_forgot_is_not_brought_back(
    database: Database, other: IncidentStore, again: bool
) -> None:
    store, one = IncidentStore(database), opened("a", CURT)
    one.sees_all([3.0, 3.0])
    await save(store, one)
    await other.load(BACKEND)
    await store.save(BACKEND, Changes({one.state.key: None}))
    if again:
        await save(store, one)
    with pytest.raises(Conflict) as caught:
        await save(other, one)
    assert caught.value.states == {one.state.key: one.state if again else None}


async def test_the_truth_about_a_damaged_state_is_none(database: Database, other: IncidentStore) -> None:
    one = opened("a")
    await save(IncidentStore(database), one)
    async with database.writing() as session:
        await session.execute(update(AlertStateRecord).values(state="?"))
    with pytest.raises(Conflict) as caught:
        await save(other, one)
    assert caught.value.states == {one.state.key: None}


async def test_a_save_that_is_cancelled_is_whole_and_does_not_lock_the_next_one_out(
    database: Database,
) -> None:
    one = opened("a")
    await save(IncidentStore(database), one)
    kept = 0
    for turns in range(40):
        store, by = IncidentStore(database), f"operator {turns}"
        await store.load(BACKEND)
        task = asyncio.create_task(store.save(BACKEND, acknowledged(one, by)))
        for _ in range(turns):
            await asyncio.sleep(0)  # each turn of the loop cancels it at another step
        task.cancel()
        await asyncio.wait([task])
        state = (await store.load(BACKEND)).states[one.state.key]
        assert state.incident is not None
        row = (await store.history(BACKEND, Filter(), 0, 10)).rows[0]
        assert (state.incident.handling.by or None) in (by, None)
        assert row.handled is state.incident.handling.state
        kept += row.handled is Handled.ACKNOWLEDGED
        await save(store, one)  # as it was
    assert kept == 39  # all but the one that had not begun


@pytest.mark.parametrize("column", ["severity", "worst", "handled", "peak_status"])
async def test_the_database_itself_refuses_unknown_words(database: Database, column: str) -> None:
    await save(IncidentStore(database), opened())
    with pytest.raises(IntegrityError, match=f"ck_incident_{column}"):
        async with database.writing() as session:
            await (await session.connection()).exec_driver_sql(f"UPDATE incident SET {column} = 'odd'")


async def test_the_database_itself_refuses_a_second_open_incident(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    await save(store, one)
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            session.add(
                IncidentRecord(
                    backend=BACKEND, rule_id="errors", target="a", title="", message="",
                    severity=Severity.INFO, worst=Severity.INFO, opened_at=0.0, handled=Handled.NEW,
                    acknowledged_by="", note="", search="",
                )
            )  # fmt: skip


async def test_a_save_goes_on_after_all_states_were_deleted_and_loaded_anew(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    ids = await save(store, one)
    async with database.writing() as session:
        await session.execute(delete(AlertStateRecord))
    await store.load(BACKEND)
    assert await store.save(BACKEND, changes(one, events=[])) == ids
