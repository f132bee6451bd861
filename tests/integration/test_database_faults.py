"""The database is a convenience: whatever it does, alerts are shown, losses are said, and the end comes soon."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from ops_dashboard.demo.api import demo_app
from tests.integration.alerting import Alerting, alerting, control
from tests.integration.storage.postgres_server import PostgresServer, programs
from tests.servers import running

ERRORS = "error_rate|"
END_SECONDS = 10.0
"""Twice what the end may take; without any limit it took a minute."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """A server of this module."""
    assert programs() is not None, "the programs of PostgreSQL are not installed (package postgresql)"
    with PostgresServer() as server:
        yield server


async def acknowledge(seen: Alerting) -> str:
    answer = await seen.monitor.alerts.act("acknowledge", ERRORS, seen.rows[ERRORS].id, "ana")
    assert answer.done
    return answer.sentence


async def is_saved(seen: Alerting) -> None:
    await seen.until(lambda: seen.monitor.vitals().unsaved is False)
    details = await seen.history()
    kinds = [t.kind for one in details if one.row.rule_id == "error_rate" for t in one.transitions]
    assert kinds == ["opened", "acknowledged"]


async def test_stalled_server_hides_no_alert_and_delays_no_end(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    address = SecretStr(await postgres.empty_database())
    async with running(demo_app(scenario="healthy")) as url:
        open_one = alerting(url, tmp_path, refresh_seconds=3_600, database_url=address)
        seen = await open_one.__aenter__()
        await seen.until(lambda: seen.monitor.vitals().unsaved is False)
        with postgres.stalled():
            await control(url, {"set": {"performance.error_rate": 12}})
            await seen.until(lambda: ERRORS in seen.rows)
            said = await acknowledge(seen)
            assert said.startswith("Error rate: acknowledged; not saved yet: PostgreSQL at ")
            assert seen.monitor.vitals().unsaved
            assert "PostgreSQL" in seen.monitor.hub.news.page.alerts.unsaved
        await is_saved(seen)
        with postgres.stalled():
            async with asyncio.timeout(END_SECONDS):
                await open_one.__aexit__(None, None, None)


async def test_locked_file_hides_no_alert_and_delays_no_end(tmp_path: Path) -> None:
    async with running(demo_app(scenario="healthy")) as url:
        open_one = alerting(url, tmp_path, refresh_seconds=3_600)
        seen = await open_one.__aenter__()
        await seen.until(lambda: seen.monitor.vitals().unsaved is False)
        other = sqlite3.connect(tmp_path / "ops.db", isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        await control(url, {"set": {"performance.error_rate": 12}})
        await seen.until(lambda: ERRORS in seen.rows)
        assert "; not saved yet: The database " in await acknowledge(seen)
        other.execute("ROLLBACK")
        await is_saved(seen)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        async with asyncio.timeout(END_SECONDS):
            await open_one.__aexit__(None, None, None)
        other.close()


async def test_deleted_file_is_written_anew_with_what_is_open(tmp_path: Path) -> None:
    async with running(demo_app(scenario="healthy")) as url:
        async with alerting(url, tmp_path, refresh_seconds=3_600) as seen:
            await control(url, {"set": {"performance.error_rate": 12}})
            await seen.until(lambda: ERRORS in seen.rows)
            for file in tmp_path.iterdir():
                file.unlink()
            await acknowledge(seen)
            await seen.until(lambda: (tmp_path / "ops.db").exists())
            await seen.until(lambda: seen.monitor.vitals().unsaved is False)
        async with alerting(url, tmp_path, refresh_seconds=3_600) as seen:
            await seen.until(lambda: ERRORS in seen.rows)
            assert (seen.rows[ERRORS].handled, seen.rows[ERRORS].handled_by) == ("acknowledged", "ana")
            assert seen.told == []


@pytest.mark.parametrize("content", [b"no database", os.urandom(20_000), b"SQLite format 3\0" + bytes(9_000)])
async def test_file_that_is_no_database_hides_no_alert(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ops.db").write_bytes(content)
    async with (
        running(demo_app(scenario="healthy")) as url,
        alerting(url, tmp_path, refresh_seconds=3_600) as seen,
    ):
        await control(url, {"set": {"performance.error_rate": 12}})
        await seen.until(lambda: ERRORS in seen.rows)
        assert "(OPS_DATA_DIR)" in seen.monitor.hub.news.page.alerts.unsaved
        assert "not saved yet" in await acknowledge(seen)


async def test_server_that_cannot_hold_every_text_is_refused(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    for encoding in ("LATIN1", "SQL_ASCII"):
        await postgres.execute(
            f"CREATE DATABASE old_{encoding} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        address = SecretStr(postgres.url(f"old_{encoding}".lower()))
        async with (
            running(demo_app(scenario="healthy")) as url,
            alerting(url, tmp_path, database_url=address) as seen,
        ):
            await seen.until(lambda seen=seen: seen.monitor.hub.news.page.alerts.unsaved)
            said = seen.monitor.hub.news.page.alerts.unsaved
            assert f"cannot hold every text, its encoding is {encoding}: make a database" in said
