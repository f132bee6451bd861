"""What is kept of incidents, and for how long."""

import pytest
from sqlalchemy import func, insert, select

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.storage import retention
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.tables import IncidentRecord, TransitionRecord
from tests.integration.storage.alerts import BACKEND

DAY = 86400.0
NOW = 1_800_000_000.0


def incident(
    name: str, opened_at: float, resolved_at: float | None, backend: str = BACKEND
) -> TransitionRecord:
    """An incident with one transition."""
    return TransitionRecord(
        at=opened_at, kind="opened", by="", note="", severity=Severity.WARNING, text="", until=0.0,
        incident=IncidentRecord(
            backend=backend, rule_id="errors", target=name, title="", message="", severity=Severity.WARNING,
            worst=Severity.WARNING, opened_at=opened_at, handled=Handled.NEW, acknowledged_by="", note="",
            resolved_at=resolved_at, search="",
        ),
    )  # fmt: skip


async def given(database: Database, *incidents: TransitionRecord) -> IncidentStore:
    async with database.writing() as session:
        session.add_all(incidents)
    return IncidentStore(database)


async def kept(store: IncidentStore, backend: str = BACKEND) -> list[str]:
    return [row.target for row in (await store.history(backend, Filter(), 0, 20_000)).rows]


async def transitions(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(TransitionRecord)) or 0


async def test_what_was_resolved_90_days_ago_goes_with_its_transitions(database: Database) -> None:
    store = await given(
        database,
        incident("gone", NOW - 200 * DAY, NOW - 90 * DAY - 1),
        incident("just kept", NOW - 200 * DAY, NOW - 90 * DAY),
        incident("open for long", NOW - 300 * DAY, None),
        incident("elsewhere", NOW - 200 * DAY, NOW - 100 * DAY, "other"),
    )
    assert await store.prune(BACKEND, NOW) == 1
    assert set(await kept(store)) == {"just kept", "open for long"}
    assert await kept(store, "other") == ["elsewhere"]
    assert await transitions(database) == 3
    assert await store.prune(BACKEND, NOW) == 0


async def test_beyond_the_greatest_number_the_oldest_resolved_ones_go(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "KEPT_INCIDENTS", 4)
    store = await given(
        database,
        incident("old and open", NOW - 9, None),
        *(incident(f"resolved {age}", NOW - age, NOW - age + 1) for age in range(1, 8)),
        incident("elsewhere", NOW - 9, NOW - 8, "other"),
    )
    assert await store.prune(BACKEND, NOW) == 4
    assert await kept(store) == ["resolved 1", "resolved 2", "resolved 3", "old and open"]
    assert await kept(store, "other") == ["elsewhere"]
    assert await transitions(database) == 5


async def test_open_ones_stay_however_many(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "KEPT_INCIDENTS", 2)
    store = await given(
        database,
        *(incident(f"open {age}", NOW - age, None) for age in range(5)),
        incident("resolved", NOW, NOW),
    )
    assert await store.prune(BACKEND, NOW) == 1
    assert await kept(store) == [f"open {age}" for age in range(5)]


async def test_ten_thousand_are_kept(database: Database) -> None:
    store = await given(database, incident("oldest", NOW, NOW))
    row = IncidentRecord.__table__
    async with database.writing() as session:
        one = (await session.execute(select(row))).mappings().one()
        alike = {name: value for name, value in one.items() if name != "id"}
        more = [{**alike, "target": str(n), "opened_at": NOW + n} for n in range(1, 10_003)]
        await session.execute(insert(IncidentRecord), more)
    assert await store.prune(BACKEND, NOW) == 3
    names = await kept(store)
    assert (len(names), names[0], names[-1]) == (10_000, "10002", "3")
    assert await transitions(database) == 0


async def test_open_incident_keeps_first_and_newest_transitions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "KEPT_TRANSITIONS", 3)
    long = incident("never settles", NOW - 90, None)
    more = [
        TransitionRecord(
            at=NOW - 80 + n, kind="escalated", by="", note="", severity=Severity.WARNING, text=f"{n}",
            until=0.0, incident=long.incident,
        )
        for n in range(7)
    ]  # fmt: skip
    store = await given(database, long, *more, incident("short", NOW - 5, None))
    assert await store.prune(BACKEND, NOW) == 0
    assert await transitions(database) == 5
    (row,) = [row for row in (await store.history(BACKEND, Filter(), 0, 9)).rows if row.target != "short"]
    detail = await store.incident(row.id)
    assert detail is not None
    assert [one.text for one in detail.transitions] == ["", "4", "5", "6"]
