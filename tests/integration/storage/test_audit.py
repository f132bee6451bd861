"""The audit: every action is kept, on every database."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.audit import NOT_ALLOWED, AuditEntry, AuditPage, AuditQuery
from ops_dashboard.domain.views.audit import audit_filter
from ops_dashboard.settings import Settings
from ops_dashboard.storage import audit
from ops_dashboard.storage.audit import KEPT_SECONDS, AuditStore
from ops_dashboard.storage.database import Database, open_database

BACKEND = "http://backend:80"
ALL = AuditQuery()


def entry(at: float, by: str = "ana", target: str = "job-1", sentence: str = "Done.") -> AuditEntry:
    return AuditEntry(at, by, "cancel_job", target, "done", sentence)


async def moments(database: Database, backend: str = BACKEND) -> list[float]:
    return [one.at for one in (await AuditStore(database).page(backend, ALL, 10)).rows]


async def test_who_did_what_is_there_after_a_restart_newest_first(settings: Settings) -> None:
    async with await open_database(settings) as before:
        await AuditStore(before).add(BACKEND, [entry(1.5), entry(3.0, "ben")])
        await AuditStore(before).add(BACKEND, [entry(2.0), entry(3.0, "eve")])
        await AuditStore(before).add("other", [entry(9.0)])
    async with await open_database(settings) as after:
        kept = await AuditStore(after).page(BACKEND, ALL, 10)
        assert kept.rows == (entry(3.0, "eve"), entry(3.0, "ben"), entry(2.0), entry(1.5))
        newest = await AuditStore(after).page(BACKEND, ALL, 1)
        assert (newest.rows, newest.total) == (kept.rows[:1], 4)


async def test_nothing_is_there_at_first(database: Database) -> None:
    assert await AuditStore(database).page(BACKEND, ALL, 10) == AuditPage()
    assert await AuditStore(database).older(BACKEND, ALL, 10) == ((), None)


async def test_rows_are_found_by_words_by_what_the_action_is_called_and_by_choices(
    database: Database,
) -> None:
    store = AuditStore(database)
    rows = [
        AuditEntry(1.0, "Änne", "cancel_job", "job-1", "done", "50 % of it was gone."),
        AuditEntry(2.0, "ben", "clear_cache", "", "failed", "Clearing FAILED."),
    ]
    await store.add(BACKEND, rows)

    async def found(**asked: str) -> list[float]:
        page = await store.page(BACKEND, audit_filter(**asked).stored, 10)
        assert page.total == len(page.rows)
        return [row.at for row in page.rows]

    assert await found(text="JOB-1") == [1.0]
    assert await found(text="Änne") == [1.0]
    assert await found(text="clearing failed") == [2.0]
    assert await found(text="clear the") == [2.0], "that is what the action is called on the page"
    assert await found(text="50 %") == [1.0]
    assert await found(text="_") == [], "no wildcard"
    assert await found(action="cancel_job") == [1.0]
    assert await found(outcome="failed") == [2.0]
    assert await found(action="cancel_job", outcome="failed") == []


async def test_all_rows_are_walked_through_also_those_of_one_moment(database: Database) -> None:
    store = AuditStore(database)
    written = [entry(at, target=f"job-{number}") for number, at in enumerate([1.0, 2.0, 2.0, 2.0, 3.0])]
    await store.add(BACKEND, written)
    walked, place = await store.older(BACKEND, ALL, 2)
    while place is not None:
        rows, place = await store.older(BACKEND, ALL, 2, place)
        walked += rows
    assert walked == tuple(reversed(written))


async def test_what_is_too_old_or_too_much_goes_the_oldest_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, now = AuditStore(database), 2 * KEPT_SECONDS
    await store.add("other", [entry(1.0)])
    await store.add(BACKEND, [entry(now - KEPT_SECONDS - 1), *(entry(now - ago) for ago in (5, 4, 3))])
    await store.prune(BACKEND, now)
    assert await moments(database) == [now - 3, now - 4, now - 5]
    monkeypatch.setattr(audit, "KEPT_ROWS", 2)
    await store.prune(BACKEND, now)
    assert await moments(database) == [now - 3, now - 4]
    assert await moments(database, "other") == [1.0]


async def test_refusals_push_out_only_refusals(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store, now = AuditStore(database), 100.0
    monkeypatch.setattr(audit, "KEPT_REFUSED_ROWS", 2)
    monkeypatch.setattr(audit, "KEPT_BOUNDED_ROWS", 1)
    logins = [AuditEntry(at, "ana", "log_in", "", "done", "Done.") for at in (3.0, 4.0)]
    refused = [AuditEntry(at, "eve", NOT_ALLOWED, "", "refused", "No.") for at in (5.0, 6.0, 7.0, 8.0)]
    by_the_backend = replace(entry(2.0), outcome="refused")
    await store.add(BACKEND, [entry(1.0), by_the_backend, *logins, *refused])
    await store.prune(BACKEND, now)
    assert await moments(database) == [8.0, 7.0, 4.0, 2.0, 1.0]


@pytest.mark.parametrize("text", ["nul\x00", "\u202eevil", "x" * 1_000_000, "half \ud83d", "a\nb"])
async def test_hostile_text_is_bounded(database: Database, text: str) -> None:
    await AuditStore(database).add(BACKEND, [AuditEntry(1.0, text, text, text, text, text)])
    (kept,) = (await AuditStore(database).page(BACKEND, ALL, 1)).rows
    for field in (kept.by, kept.action, kept.target, kept.outcome, kept.sentence):
        assert len(field) <= 500 and field.isprintable()
