"""Preferences that outlast a restart, and the record of who changed them."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from ops_dashboard.domain.alerts.preferences import rules_with
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.preferences import LONGEST, PreferenceStore
from ops_dashboard.storage.tables import PreferenceChangeRecord, PreferenceRecord
from tests.integration.storage.alerts import BACKEND


async def record(database: Database) -> list[tuple[str, float, str, str | None]]:
    """Rule, when, who and what of each change."""
    row = PreferenceChangeRecord
    async with database.reading() as session:
        found = await session.execute(select(row.rule_id, row.at, row.by, row.fields).order_by(row.id))
        return [(rule_id, at, by, fields) for rule_id, at, by, fields in found]


async def test_nothing_is_changed_at_first(database: Database) -> None:
    assert await PreferenceStore(database).load(BACKEND) == {}
    await PreferenceStore(database).reset(BACKEND, None, "ana", 1.0)
    assert await record(database) == []


async def test_what_was_changed_is_there_after_a_restart_and_applies(settings: Settings) -> None:
    changes = {"enabled": False, "warning": 7.5, "critical": "15", "for_seconds": 30}
    async with await open_database(settings) as before:
        await PreferenceStore(before).save(BACKEND, "error_rate", changes, "ana", 1.5)
    async with await open_database(settings) as after:
        loaded = await PreferenceStore(after).load(BACKEND)
    assert loaded == {"error_rate": changes}
    rule = next(rule for rule in rules_with(loaded) if rule.id == "error_rate")
    assert (rule.enabled, rule.for_seconds, [level.at for level in rule.levels]) == (False, 30, [15, 7.5])


async def test_fields_that_are_not_named_stay_as_they_are(database: Database) -> None:
    store = PreferenceStore(database)
    await store.save(BACKEND, "error_rate", {"warning": 7, "enabled": False}, "ana", 1)
    await store.save(BACKEND, "error_rate", {"enabled": True, "critical": 20}, "ben", 2)
    assert await store.load(BACKEND) == {"error_rate": {"warning": 7, "enabled": True, "critical": 20}}


async def test_every_change_is_kept_with_who_and_when(database: Database) -> None:
    store = PreferenceStore(database)
    await store.save(BACKEND, "a", {"warning": 7}, "ana", 1)
    await store.save(BACKEND, "b", {"enabled": False}, "ben", 2.5)
    await store.reset(BACKEND, "a", "ana", 3)
    await store.reset(BACKEND, "a", "ana", 4)
    await store.save(BACKEND, "c", {"for_seconds": 1}, "ana", 5)
    await store.reset(BACKEND, None, "ben", 6)
    assert await store.load(BACKEND) == {}
    assert await record(database) == [
        ("a", 1, "ana", '{"warning":7}'),
        ("b", 2.5, "ben", '{"enabled":false}'),
        ("a", 3, "ana", None),
        ("c", 5, "ana", '{"for_seconds":1}'),
        ("b", 6, "ben", None),
        ("c", 6, "ben", None),
    ]


async def test_a_reset_of_one_rule_or_backend_leaves_the_others(database: Database) -> None:
    store = PreferenceStore(database)
    for backend in (BACKEND, "other"):
        for rule in ("a", "b"):
            await store.save(backend, rule, {"warning": 7}, "ana", 1)
    await store.reset(BACKEND, "a", "ana", 2)
    assert await store.load(BACKEND) == {"b": {"warning": 7}}
    await store.reset(BACKEND, None, "ana", 3)
    assert await store.load(BACKEND) == {}
    assert (await store.load("other")).keys() == {"a", "b"}


async def test_of_those_who_change_different_fields_at_once_nobody_loses(database: Database) -> None:
    store = PreferenceStore(database)
    await asyncio.gather(*(store.save(BACKEND, "a", {f"field {n}": n}, "ana", n) for n in range(10)))
    assert await store.load(BACKEND) == {"a": {f"field {n}": n for n in range(10)}}
    assert len(await record(database)) == 10


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "7", "[" * 99_999])
async def test_a_damaged_row_leaves_its_rule_at_the_defaults_and_is_told(
    database: Database, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = PreferenceStore(database)
    await store.save(BACKEND, "a", {"warning": 7}, "ana", 1)
    await store.save(BACKEND, "b", {"warning": 8}, "ana", 1)
    async with database.writing() as session:
        hit = PreferenceRecord.rule_id == "a"
        await session.execute(update(PreferenceRecord).where(hit).values(fields=damage))
    assert await store.load(BACKEND) == {"b": {"warning": 8}}
    assert "event=preference-damaged rule=a" in caplog.text
    await store.save(BACKEND, "a", {"warning": 9}, "ana", 2)
    assert await store.load(BACKEND) == {"a": {"warning": 9}, "b": {"warning": 8}}


@pytest.mark.parametrize(
    "changes",
    [
        {"warning": None},
        {"warning": [7]},
        {"warning": {"deep": 7}},
        {"warning": b"7"},
        {"warning": float("nan")},
        {"warning": float("inf")},
        {"warning": "7" * 1_000_000},
        {"x" * LONGEST: 1},
        {str(n): n for n in range(2000)},
    ],
    ids=lambda changes: str(changes)[:20],
)
async def test_what_is_no_setting_is_refused_and_changes_nothing(
    database: Database, changes: dict[str, Any]
) -> None:
    store = PreferenceStore(database)
    await store.save(BACKEND, "a", {"warning": 7}, "ana", 1)
    with pytest.raises(ValueError):
        await store.save(BACKEND, "a", changes, "ana", 2)
    assert await store.load(BACKEND) == {"a": {"warning": 7}}
    assert len(await record(database)) == 1


async def test_a_rule_does_not_grow_beyond_bounds_by_many_small_changes(database: Database) -> None:
    store = PreferenceStore(database)
    with pytest.raises(ValueError, match="may take up to 4,000 characters"):
        for number in range(LONGEST):
            await store.save(BACKEND, "a", {f"field {number}": "x" * 500}, "ana", 1)
    assert len(await record(database)) == 7


@pytest.mark.parametrize("text", ["nul\x00", "\u202eevil", "x" * 1_000_000, "half \ud83d"])
async def test_hostile_names_are_bounded(database: Database, text: str) -> None:
    store = PreferenceStore(database)
    await store.save(BACKEND, text, {"warning": "\x00\ud83d"}, text, 1)
    ((rule_id, fields),) = (await store.load(BACKEND)).items()
    assert fields == {"warning": "\x00\ud83d"}
    ((_, _, by, _),) = await record(database)
    for name in (rule_id, by):
        assert len(name) <= 120
        assert name.isprintable()
    await store.reset(BACKEND, text, text, 2)
    assert await store.load(BACKEND) == {}
