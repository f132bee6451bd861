"""The audit: every action is kept, on every database."""

import pytest

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.settings import Settings
from ops_dashboard.storage import audit
from ops_dashboard.storage.audit import KEPT_SECONDS, AuditStore
from ops_dashboard.storage.database import Database, open_database

BACKEND = "http://backend:80"


def entry(at: float, by: str = "ana", target: str = "job-1", sentence: str = "Done.") -> AuditEntry:
    return AuditEntry(at, by, "cancel_job", target, "done", sentence)


async def test_who_did_what_is_there_after_a_restart_newest_first(settings: Settings) -> None:
    async with await open_database(settings) as before:
        await AuditStore(before).add(BACKEND, [entry(1.5), entry(3.0, "ben")])
        await AuditStore(before).add(BACKEND, [entry(2.0), entry(3.0, "eve")])
        await AuditStore(before).add("other", [entry(9.0)])
    async with await open_database(settings) as after:
        kept = await AuditStore(after).latest(BACKEND, 10)
        assert kept == (entry(3.0, "eve"), entry(3.0, "ben"), entry(2.0), entry(1.5))
        assert await AuditStore(after).latest(BACKEND, 1) == kept[:1]


async def test_nothing_is_there_at_first(database: Database) -> None:
    assert await AuditStore(database).latest(BACKEND, 10) == ()


async def test_what_is_too_old_or_too_much_goes_the_oldest_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, now = AuditStore(database), 2 * KEPT_SECONDS
    await store.add("other", [entry(1.0)])
    await store.add(BACKEND, [entry(now - KEPT_SECONDS - 1), *(entry(now - ago) for ago in (5, 4, 3))])
    await store.prune(BACKEND, now)
    assert [one.at for one in await store.latest(BACKEND, 10)] == [now - 3, now - 4, now - 5]
    monkeypatch.setattr(audit, "KEPT_ROWS", 2)
    await store.prune(BACKEND, now)
    assert [one.at for one in await store.latest(BACKEND, 10)] == [now - 3, now - 4]
    assert len(await store.latest("other", 10)) == 1


@pytest.mark.parametrize("text", ["nul\x00", "\u202eevil", "x" * 1_000_000, "half \ud83d", "a\nb"])
async def test_hostile_text_is_bounded(database: Database, text: str) -> None:
    await AuditStore(database).add(BACKEND, [AuditEntry(1.0, text, text, text, text, text)])
    (kept,) = await AuditStore(database).latest(BACKEND, 1)
    for field in (kept.by, kept.action, kept.target, kept.outcome, kept.sentence):
        assert len(field) <= 500 and field.isprintable()
