"""Text made to do harm, as it may come from a backend: it is bounded, and kept apart from other text."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.tables import AlertStateRecord
from tests.integration.storage.alerts import BACKEND, opened, renamed, save

HOSTILE = {
    "nul": "a\x00b",
    "bidi": "\u202eevil\u2066",
    "newlines": "one\r\ntwo\x1b[31m",
    "surrogate": "half \ud83d of it",
    "megabyte": "x" * 1_000_000,
    "zalgo": "e" + "\u0301" * 5000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_text_is_bounded_and_does_no_harm(database: Database, text: str) -> None:
    store, one, other = IncidentStore(database), opened("b"), opened("well")
    renamed(one, Key(text, text))
    one.state = replace(one.state, detail=text)
    one.events = [replace(event, text=text, note=text, by=text) for event in one.events]
    one.does(acknowledge(one.state, one.now, text, text))
    every = Changes(
        {each.state.key: each.state for each in (one, other)},
        (*one.events, *other.events),
        {one.state.key: text},
        {one.state.key: text},
    )
    ids = await store.save(BACKEND, every)
    assert ids.keys() == {one.state.key, other.state.key}
    loaded = await IncidentStore(database).load(BACKEND)
    assert loaded.damaged == {}
    assert loaded.states[other.state.key] == other.state
    assert sorted(loaded.ids.values()) == sorted(ids.values())
    async with database.reading() as session:
        size = func.max(func.length(AlertStateRecord.state))
        assert (await session.scalar(select(size)) or 0) < 10_000
    detail = await store.incident(ids[one.state.key])
    assert detail is not None
    row, transition = detail.row, detail.transitions[-1]
    shown = [row.rule_id, row.target, row.title, row.message, row.acknowledged_by, row.note]
    for stored in (*shown, transition.by, transition.note, transition.text):
        assert len(stored) <= 500
        assert stored.isprintable()
    assert (await store.history(BACKEND, Filter(text=text, targets=(text,)), 0, 10)).total == 1


async def test_names_that_look_alike_once_they_are_clean_stay_apart(database: Database) -> None:
    store = IncidentStore(database)
    plays = [renamed(opened(), Key("errors", name)) for name in ("a", "a\x00", "a\x00\x00", "a ")]
    assert len(set((await save(store, *plays)).values())) == 4
