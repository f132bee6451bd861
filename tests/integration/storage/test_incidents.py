"""Incidents and states that outlast a restart, on every kind of database."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from ops_dashboard.domain.alerts.handling import acknowledge, annotate, dismiss, restore, snooze, unsnooze
from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, Mute
from ops_dashboard.domain.status import Status
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.tables import IncidentRecord, TransitionRecord
from tests.integration.storage.alerts import BACKEND, changes, kinds, opened, play, save
from tests.unit.domain.alerts.play import CURT, STATUS


async def test_nothing_is_known_of_a_backend_without_alerts(database: Database) -> None:
    store = IncidentStore(database)
    assert (await store.load(BACKEND)).states == {}
    assert await store.save(BACKEND, Changes({})) == {}
    assert await store.incident(1) is None


async def test_opened_acknowledged_and_resolved_is_one_incident_with_all_of_it_in_order(
    database: Database,
) -> None:
    store, one = IncidentStore(database), opened("search", CURT)
    began = one.now
    ids = await save(store, one)
    one.sees(12.0)
    await save(store, one)
    one.does(acknowledge(one.state, one.now + 5, "ana", "looking at it"))
    await save(store, one)
    one.sees(3.0)
    one.sees(3.0)
    assert await save(store, one) == {}

    found = await store.history(BACKEND, Filter(), 0, 10)
    assert found.total == 1
    row = found.rows[0]
    assert ids == {Key("errors", "search"): row.id}
    assert (row.rule_id, row.target, row.title) == ("errors", "search", "Error rate")
    assert row.message == "Errors are 12 % (> 10 %)"
    assert (row.severity, row.worst) == (Severity.CRITICAL, Severity.CRITICAL)
    assert (row.opened_at, row.resolved_at, row.duration) == (began, one.now - 30, 60.0)
    assert (row.acknowledged_at, row.acknowledged_by, row.note) == (began + 35, "ana", "looking at it")
    assert (row.peak, row.handled) == (12.0, Handled.ACKNOWLEDGED)

    detail = await store.incident(row.id)
    assert detail is not None
    assert detail.row == row
    assert [(one.kind, one.at - began, one.by) for one in detail.transitions] == [
        ("opened", 0, ""),
        ("escalated", 30, ""),
        ("acknowledged", 35, "ana"),
        ("resolved", 60, ""),
    ]
    assert [one.severity for one in detail.transitions] == [Severity.WARNING, *[Severity.CRITICAL] * 3]
    assert detail.transitions[0].text == "Errors are 7 % (> 5 %)"
    assert detail.transitions[2].note == "looking at it"


async def test_what_was_saved_is_there_after_a_restart(settings: Settings) -> None:
    muted = play("ä", STATUS)
    muted.mute = Mute(Key("cause", "x"), "muted: the database is down")
    muted.sees(Status.DOWN)
    snoozed, dismissed, pending = (
        opened("b"),
        opened("c", value=20.0),
        play("d", replace(CURT, for_seconds=60)),
    )
    snoozed.does(snooze(snoozed.state, snoozed.now, "ana", snoozed.now + 900.5, "deploy"))
    dismissed.does(acknowledge(dismissed.state, dismissed.now, "ana"))
    dismissed.does(dismiss(dismissed.state, dismissed.now, "ben", "known"))
    pending.sees(6.123456789)
    plays = (muted, snoozed, dismissed, pending)
    async with await open_database(settings) as before:
        ids = await save(IncidentStore(before), *plays)
    async with await open_database(settings) as after:
        loaded = await IncidentStore(after).load(BACKEND)
        rows = (await IncidentStore(after).history(BACKEND, Filter(), 0, 10)).rows
    assert loaded.states == {one.state.key: one.state for one in plays}
    assert loaded.ids == ids
    assert ids.keys() == {one.state.key for one in plays[:3]}
    assert {row.target: row.handled for row in rows} == {
        "ä": Handled.NEW,
        "b": Handled.SNOOZED,
        "c": Handled.DISMISSED,
    }
    assert next(row for row in rows if row.target == "ä").peak is Status.DOWN


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_the_tables_agree_with_the_engine(database: Database, seed: int) -> None:
    chance, store = random.Random(seed), IncidentStore(database)
    one, happened, openings = play("search", CURT), [], 0
    actions = [
        lambda: acknowledge(one.state, one.now, "ana", "looking"),
        lambda: snooze(one.state, one.now, "ana", one.now + 60),
        lambda: unsnooze(one.state, one.now, "ana"),
        lambda: dismiss(one.state, one.now, "ben"),
        lambda: restore(one.state, one.now, "ben"),
    ]
    for _ in range(80):
        for _ in range(chance.randint(1, 3)):
            if chance.random() < 0.4:
                one.does(chance.choice(actions)())
            else:
                one.sees(chance.choice([None, 3.0, 6.0, 12.0]), chance.choice([30.0, 400.0, -20.0]))
        happened += one.kinds
        openings += one.kinds.count("opened")
        ids = await save(store, one)
        assert len(ids) == (one.state.incident is not None)
    assert openings > 3
    assert (await IncidentStore(database).load(BACKEND)).states == {one.state.key: one.state}
    rows = (await store.history(BACKEND, Filter(), 0, 100)).rows
    assert len(rows) == openings
    in_order = sorted(row.id for row in rows)
    assert [kind for number in in_order for kind in await kinds(store, number)] == happened
    assert sum(row.resolved_at is None for row in rows) == (one.state.incident is not None)
    if one.state.incident is not None:
        row = max(rows, key=lambda row: row.id)
        incident = one.state.incident
        assert (row.severity, row.worst, row.peak) == (incident.severity, incident.worst, incident.peak)
        assert (row.opened_at, row.handled) == (incident.opened_at, incident.handling.state)


async def test_several_incidents_of_one_alert_saved_at_once_stay_apart(database: Database) -> None:
    store, one = IncidentStore(database), opened(rule=CURT)
    one.does(acknowledge(one.state, one.now, "ana", "mine"))
    one.sees_all([3.0, 3.0, 11.0])
    ids = await save(store, one)
    newest, oldest = (await store.history(BACKEND, Filter(), 0, 10)).rows
    assert ids == {one.state.key: newest.id}
    assert await kinds(store, oldest.id) == ["opened", "acknowledged", "resolved"]
    assert await kinds(store, newest.id) == ["opened"]
    assert (oldest.acknowledged_by, oldest.handled) == ("ana", Handled.ACKNOWLEDGED)
    assert (newest.acknowledged_by, newest.handled, newest.severity) == ("", Handled.NEW, Severity.CRITICAL)


async def test_an_incident_that_gets_worse_after_an_acknowledgement_is_new_again(database: Database) -> None:
    store, one = IncidentStore(database), opened()
    one.does(acknowledge(one.state, one.now, "ana", "mine"))
    await save(store, one)
    one.sees(15.0)
    await save(store, one)
    row = (await store.history(BACKEND, Filter(), 0, 1)).rows[0]
    assert (row.handled, row.acknowledged_by, row.severity) == (Handled.NEW, "ana", Severity.CRITICAL)


async def test_a_forgotten_alert_is_gone_and_its_history_stays(database: Database) -> None:
    store, one, other = IncidentStore(database), opened("a", CURT), opened("b")
    one.sees_all([3.0, 3.0])
    await save(store, one, other)
    await store.save(BACKEND, Changes({one.state.key: None}))
    await store.save(BACKEND, Changes({one.state.key: None}))
    assert (await store.load(BACKEND)).states == {other.state.key: other.state}
    assert (await store.history(BACKEND, Filter(), 0, 10)).total == 2


async def test_backends_are_kept_apart(database: Database) -> None:
    store, here, there = IncidentStore(database), opened(), opened(value=9.0)
    names = [BACKEND, "ü'; DROP TABLE incident; --"]
    for name, one in zip(names, (here, there), strict=True):
        await save(store, one, backend=name)
    for name, one in zip(names, (here, there), strict=True):
        assert (await store.load(name)).states == {one.state.key: one.state}
        assert [row.peak for row in (await store.history(name, Filter(), 0, 10)).rows] == [one.incident.peak]


async def test_an_event_without_its_state_is_refused_and_nothing_is_written(database: Database) -> None:
    store, one, other = IncidentStore(database), opened("a"), opened("b")
    with pytest.raises(ValueError, match="events without their states"):
        await store.save(BACKEND, Changes({one.state.key: one.state}, (*one.events, *other.events)))
    assert (await store.load(BACKEND)).states == {}


async def test_an_incident_whose_opening_was_never_saved_is_saved_with_the_next_change(
    database: Database,
) -> None:
    store, one, other = IncidentStore(database), opened("a"), opened("b", value=8.0)
    for unsaved in (one, other):
        unsaved.events.clear()
    one.does(acknowledge(one.state, one.now + 5, "ana"))
    ids = await save(store, one, other)
    rows = {row.target: row for row in (await store.history(BACKEND, Filter(), 0, 10)).rows}
    assert ids == {key: rows[key.target].id for key in (one.state.key, other.state.key)}
    assert [rows[name].opened_at for name in "ab"] == [one.incident.opened_at, other.incident.opened_at]
    assert (rows["a"].acknowledged_by, rows["b"].peak) == ("ana", 8.0)


async def test_a_state_saved_again_without_events_leaves_the_incident_one(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    await save(store, one)
    for value in (6.0, 9.5, 7.0):
        one.sees(value)
        assert one.events == []
        await save(store, one)
    row = (await store.history(BACKEND, Filter(), 0, 10)).rows[0]
    assert (row.peak, await kinds(store, row.id)) == (9.5, ["opened"])


async def test_a_transition_cannot_be_without_its_incident(database: Database) -> None:
    store = IncidentStore(database)
    await save(store, opened())
    async with database.writing() as session:
        await session.execute(delete(IncidentRecord))
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(TransitionRecord)) == 0


async def test_an_id_is_never_given_again(database: Database) -> None:
    store = IncidentStore(database)
    first = await save(store, opened("a"))
    async with database.writing() as session:
        await session.execute(delete(IncidentRecord))
    assert max((await save(store, opened("b"))).values()) > max(first.values())


async def test_of_an_incident_that_never_settles_the_newest_transitions_are_shown(database: Database) -> None:
    store, one = IncidentStore(database), opened("a")
    events = [replace(one.events[0], kind="escalated", at=float(n)) for n in range(1, 1201)]
    ids = await store.save(BACKEND, changes(one, events=[*one.events, *events]))
    detail = await store.incident(ids[one.state.key])
    assert detail is not None
    assert (len(detail.transitions), detail.earlier) == (500, 701)
    assert [one.at for one in detail.transitions] == [float(n) for n in range(701, 1201)]


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63 - 1, 2**63, 10**30])
async def test_an_id_that_cannot_be_is_not_found(database: Database, number: int) -> None:
    await save(IncidentStore(database), opened())
    assert await IncidentStore(database).incident(number) is None


async def test_a_note_changed_later_is_in_the_history_and_one_of_the_things_that_happened(
    database: Database,
) -> None:
    store, one = IncidentStore(database), opened("search", CURT)
    one.does(acknowledge(one.state, one.now, "ana", "looking"))
    ids = await save(store, one)
    one.does(annotate(one.state, one.now + 5, "ben", "restarted search", "looking"))
    await save(store, one)
    (row,) = (await store.history(BACKEND, Filter(text="restarted"), 0, 10)).rows
    assert (row.acknowledged_by, row.note, row.handled) == ("ana", "restarted search", Handled.ACKNOWLEDGED)
    detail = await store.incident(ids[one.state.key])
    assert detail is not None
    assert [(each.kind, each.by, each.note) for each in detail.transitions[1:]] == [
        ("acknowledged", "ana", "looking"),
        ("noted", "ben", "restarted search"),
    ]
    assert (await store.load(BACKEND)).states[one.state.key] == one.state
