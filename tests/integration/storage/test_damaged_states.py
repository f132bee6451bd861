"""States that cannot be read: what is told, and what becomes of their incidents."""

import pytest
from sqlalchemy import delete, update

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incident_records import END_NOT_SEEN
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.tables import AlertStateRecord
from tests.integration.storage.alerts import BACKEND, kinds, opened, play, save


@pytest.mark.parametrize("damage", ["", "{", "null", "[]", "?", "[" * 9999])
async def test_a_damaged_state_is_left_out_and_told_and_replaced_by_the_next_save(
    database: Database, damage: str
) -> None:
    store, one, other = IncidentStore(database), opened("a"), opened("b")
    await save(store, one, other)
    async with database.writing() as session:
        hit = AlertStateRecord.target == "a"
        await session.execute(update(AlertStateRecord).where(hit).values(state=damage))
    store = IncidentStore(database)
    loaded = await store.load(BACKEND)
    assert loaded.states == {other.state.key: other.state}
    assert loaded.ids.keys() == {other.state.key}
    assert loaded.damaged.keys() == {one.state.key}
    sentence = loaded.damaged[one.state.key]
    assert sentence.startswith("The saved state of the alert errors a in ")
    assert str(database.place) in sentence
    await save(store, one)
    assert (await store.load(BACKEND)).states == {each.state.key: each.state for each in (one, other)}


async def test_a_state_in_the_place_of_another_is_damaged(database: Database) -> None:
    store = IncidentStore(database)
    await save(store, opened("a"))
    async with database.writing() as session:
        await session.execute(update(AlertStateRecord).values(target="b"))
    loaded = await IncidentStore(database).load(BACKEND)
    assert loaded.states == {}
    assert "it is about another alert" in loaded.damaged[Key("errors", "b")]


async def test_an_incident_whose_state_was_lost_goes_on_when_it_still_fires(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    ids = await save(store, one)
    async with database.writing() as session:
        await session.execute(update(AlertStateRecord).values(state="?"))
    store = IncidentStore(database)
    await store.load(BACKEND)
    again = opened("a", now=one.now + 60)
    assert await save(store, again) == ids
    row = (await store.history(BACKEND, Filter(), 0, 10)).rows[0]
    assert row.opened_at == one.incident.opened_at
    assert await kinds(store, row.id) == ["opened", "opened"]


async def test_an_incident_whose_state_was_lost_is_ended_when_all_is_well(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    ids = await save(store, one)
    async with database.writing() as session:
        await session.execute(delete(AlertStateRecord))
    store, well = IncidentStore(database), play("a", now=one.now)
    well.sees(1.0, after=60)
    assert await save(store, well) == {}
    detail = await store.incident(ids[one.state.key])
    assert detail is not None
    assert (detail.row.resolved_at, detail.row.duration) == (one.now + 60, None)
    assert [(one.kind, one.text) for one in detail.transitions][-1] == ("resolved", END_NOT_SEEN)
