"""The audit is written beside the actions: none waits for the database, and no entry is lost with it."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from ops_dashboard.domain.audit import AuditEntry, AuditPage, AuditQuery
from ops_dashboard.domain.audit_entries import login_refused
from ops_dashboard.domain.audit_limit import MOST_A_WINDOW
from ops_dashboard.monitor import audit as module
from ops_dashboard.monitor import writer
from ops_dashboard.monitor.audit import AuditTrail
from ops_dashboard.settings import Settings
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import AccessRefused, DiskFull, StorageError

BACKEND = "http://backend:80"


def entry(number: int) -> AuditEntry:
    return AuditEntry(float(number), "ana", "clear_cache", "", "done", "Done.")


def guess(number: int) -> AuditEntry:
    return login_refused(float(number), f"192.0.2.{number}")


async def ended(trail: AuditTrail, why: str = "The end.") -> None:
    await trail.flush(5)
    await trail.detach(why)


async def written(database: Database) -> list[float]:
    return [one.at for one in (await AuditStore(database).page(BACKEND, AuditQuery(), 5_000)).rows][::-1]


async def test_entries_are_written_while_there_is_a_database(database: Database) -> None:
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for number in range(5):
        trail.note(entry(number))
    await ended(trail)
    assert await written(database) == [0, 1, 2, 3, 4]


async def test_entries_wait_for_a_database(tmp_path: Path) -> None:
    trail = AuditTrail(BACKEND)
    trail.note(entry(1))
    for number in (2, 3):
        async with await open_database(Settings(data_dir=tmp_path, database_url=None)) as database:
            await trail.attach(database)
            await ended(trail, "It is opened anew.")
            trail.note(entry(number))
            assert await written(database) == list(range(1, number))


async def test_a_database_that_fails_is_told_in_the_log_and_costs_no_entry(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(*_: object) -> None:
        raise DiskFull("The disk is full.")

    trail = AuditTrail(BACKEND)
    with monkeypatch.context() as patched:
        patched.setattr(AuditStore, "add", failing)
        await trail.attach(database)
        trail.note(entry(1))
        trail.note(entry(2))
        with caplog.at_level(logging.WARNING):
            await ended(trail, "The disk is full.")
    assert "event=audit-lost entries=2 reason='The disk is full.'" in caplog.text
    assert await written(database) == []
    await trail.attach(database)
    await ended(trail)
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
    await ended(trail)
    assert await written(database) == [1, 2]


async def test_a_flood_of_refusals_leaves_few_rows_and_one_that_counts_the_rest(database: Database) -> None:
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for number in range(30):
        trail.note(guess(number))
    await ended(trail)
    rows = (await AuditStore(database).page(BACKEND, AuditQuery(), 100)).rows
    assert len(rows) == MOST_A_WINDOW + 1
    assert rows[0].sentence.startswith("20 more like this within a minute, by somebody at 192.0.2.10")


async def test_the_rest_is_counted_also_when_nothing_follows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WINDOW_SECONDS", 0.01)
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for number in range(MOST_A_WINDOW + 1):
        trail.note(guess(number))
    async with asyncio.timeout(5):
        while (await trail.page(AuditQuery(), 1)).total == MOST_A_WINDOW:
            await asyncio.sleep(0.01)
    (last,) = (await trail.page(AuditQuery(), 1)).rows
    assert (last.by, last.sentence) == ("somebody at 192.0.2.10", "1 more like this within a minute.")
    await ended(trail)


async def test_refusals_push_nothing_else_out_of_the_memory(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    trail = AuditTrail(BACKEND)
    for one in (entry(1), guess(2), entry(3), guess(4), guess(5)):
        trail.note(one)
    await trail.attach(database)
    await ended(trail)
    assert await written(database) == [1, 3, 5]


async def test_what_was_just_noted_is_on_the_page(database: Database) -> None:
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    trail.note(entry(1))
    assert await trail.page(AuditQuery(), 10) == AuditPage((entry(1),), 1)
    assert [page async for page in trail.pages(AuditQuery())] == [(entry(1),)]
    await ended(trail)


async def test_without_a_database_a_reader_is_told_why_and_what_waits(database: Database) -> None:
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    await trail.detach("The disk is full.")
    trail.note(entry(1))
    with pytest.raises(StorageError, match=r"The disk is full\."):
        await trail.page(AuditQuery(), 10)
    assert trail.waiting == 1


async def test_what_is_kept_no_longer_is_looked_for_once_an_hour(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pruned: list[float] = []

    async def prune(_: AuditStore, __: str, now: float) -> None:
        pruned.append(now)

    monkeypatch.setattr(AuditStore, "prune", prune)
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for at in (10, 20, 30, 10 + int(module.PRUNE_SECONDS)):
        trail.note(entry(at))
        await trail.page(AuditQuery(), 1)
    await ended(trail)
    assert pruned == [10, 10 + module.PRUNE_SECONDS]


async def test_a_reader_just_after_the_start_waits_for_the_database(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail = AuditTrail(BACKEND)
    trail.note(entry(1))
    reading = asyncio.create_task(trail.page(AuditQuery(), 10))
    await asyncio.sleep(0)
    await trail.attach(database)
    assert (await reading).total == 1
    await ended(trail)
    monkeypatch.setattr(module, "FIRST_SECONDS", 0.01)
    with pytest.raises(StorageError, match="not open yet"):
        await AuditTrail(BACKEND).page(AuditQuery(), 10)


async def test_every_entry_is_counted_by_action_and_outcome_those_of_a_flood_too() -> None:
    trail = AuditTrail(BACKEND)
    for number in range(3 * MOST_A_WINDOW):
        trail.note(guess(number % 10))
    trail.note(entry(1))
    assert trail.noted == {("log_in", "refused"): 3 * MOST_A_WINDOW, ("clear_cache", "done"): 1}
    await ended(trail)


async def test_row_that_cannot_be_written_does_not_block_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = AuditStore.add

    async def picky(self: AuditStore, backend: str, entries: Sequence[AuditEntry]) -> None:
        if any(one.at == 2 for one in entries):
            raise StorageError("It cannot be encoded.")
        await add(self, backend, entries)

    monkeypatch.setattr(AuditStore, "add", picky)
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    for number in range(1, 4):
        trail.note(entry(number))
    await trail.flush(5)
    assert await written(database) == [1, 3]
    assert trail.problem == "1 rows of the audit cannot be saved: It cannot be encoded."
    assert trail.waiting == 1
    monkeypatch.setattr(AuditStore, "add", add)
    await ended(trail)
    assert await written(database) == [1, 2, 3]


async def test_rows_that_failed_are_written_again_by_themselves(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = AuditStore.add

    async def refused(*_: object) -> None:
        raise AccessRefused("The right is missing.")

    monkeypatch.setattr(writer, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(AuditStore, "add", refused)
    trail = AuditTrail(BACKEND)
    await trail.attach(database)
    trail.note(entry(1))
    async with asyncio.timeout(5):
        while not trail.problem:
            await asyncio.sleep(0.001)
    assert trail.waiting == 1
    monkeypatch.setattr(AuditStore, "add", add)
    async with asyncio.timeout(5):
        while trail.problem:
            await asyncio.sleep(0.001)
    assert trail.waiting == 0
    await ended(trail)
