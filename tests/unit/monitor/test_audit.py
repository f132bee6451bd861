"""The audit is written beside the actions: none waits for the database, and no entry is lost with it."""

import logging
from pathlib import Path

import pytest

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.monitor import audit as module
from ops_dashboard.monitor.audit import AuditTrail
from ops_dashboard.settings import Settings
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import StorageError

BACKEND = "http://backend:80"


def entry(number: int) -> AuditEntry:
    return AuditEntry(float(number), "ana", "clear_cache", "", "done", "Done.")


async def written(database: Database) -> list[float]:
    return [one.at for one in await AuditStore(database).latest(BACKEND, 5_000)][::-1]


async def test_entries_are_written_while_there_is_a_database(database: Database) -> None:
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for number in range(5):
        trail.note(entry(number))
    await trail.detach("The end.")
    assert await written(database) == [0, 1, 2, 3, 4]


async def test_entries_wait_for_a_database(tmp_path: Path) -> None:
    trail = AuditTrail(BACKEND)
    trail.note(entry(1))
    for number in (2, 3):
        async with await open_database(Settings(data_dir=tmp_path, database_url=None)) as database:
            await trail.attach(database)
            await trail.detach("It is opened anew.")
            trail.note(entry(number))
            assert await written(database) == list(range(1, number))


async def test_a_database_that_fails_is_told_in_the_log_and_costs_no_entry(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(*_: object) -> None:
        raise StorageError("The disk is full.")

    trail = AuditTrail(BACKEND)
    with monkeypatch.context() as patched:
        patched.setattr(AuditStore, "add", failing)
        await trail.attach(database)
        trail.note(entry(1))
        trail.note(entry(2))
        with caplog.at_level(logging.WARNING):
            await trail.detach("The disk is full.")
    assert "event=audit-not-written entries=2 reason='The disk is full.'" in caplog.text
    assert await written(database) == []
    await trail.attach(database)
    await trail.detach("The end.")
    assert await written(database) == [1, 2]


async def test_what_can_be_kept_no_longer_is_told_in_the_log(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    trail = AuditTrail(BACKEND)
    for number in range(3):
        trail.note(entry(number))
    assert caplog.text.count("event=audit-lost") == 1
    await trail.attach(database)
    await trail.detach("The end.")
    assert await written(database) == [1, 2]
