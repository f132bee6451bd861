"""The audit as a file."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from ops_dashboard.domain.audit import AuditEntry, AuditQuery
from ops_dashboard.serving.audit_api import audit_routes
from ops_dashboard.storage.errors import StorageError

ROWS = [AuditEntry(1000.0 - n, "ana", "clear_cache", "", "done", f"{n}, done.") for n in range(5)]


async def answer(query: str, *pages: Sequence[AuditEntry], error: str = "") -> httpx.Response:
    """What the route answers; ``error`` comes after the pages."""
    asked: list[AuditQuery] = []

    async def read(wanted: AuditQuery) -> AsyncIterator[Sequence[AuditEntry]]:
        asked.append(wanted)
        for page in pages:
            yield page
        if error:
            raise StorageError(error)

    transport = httpx.ASGITransport(Starlette(routes=audit_routes(read)))
    async with httpx.AsyncClient(transport=transport, base_url="http://ops") as client:
        response = await client.get(f"/api/audit{query}")
    response.extensions["asked"] = asked
    return response


def as_csv(response: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


async def test_both_files_tell_the_same_over_all_pages() -> None:
    one, other = [await answer(f"?format={kind}", ROWS[:3], ROWS[3:], []) for kind in ("csv", "json")]
    assert as_csv(one) == other.json()
    assert [row["sentence"] for row in other.json()] == [row.sentence for row in ROWS]
    assert other.json()[0] == {
        "at": "1970-01-01T00:16:40+00:00",
        "by": "ana",
        "action": "clear_cache",
        "action_words": "Clear the cache",
        "target": "",
        "outcome": "done",
        "sentence": "0, done.",
    }


async def test_an_audit_without_rows_is_a_file_too() -> None:
    assert (await answer("?format=json", [])).json() == []
    assert as_csv(await answer("?format=csv", [])) == []


@pytest.mark.parametrize("kind", ["csv", "json"])
async def test_it_is_a_file_to_be_kept_and_never_by_a_cache(kind: str) -> None:
    headers = (await answer(f"?format={kind}", ROWS)).headers
    assert headers["content-disposition"] == f'attachment; filename="audit.{kind}"'
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["", "?format=", "?format=xml", "?format=csv%00"])
async def test_another_format_is_refused(query: str) -> None:
    response = await answer(query, ROWS)
    assert response.status_code == 400
    assert response.json()["error"] == "format must be one of csv, json."


async def test_a_filter_of_the_address_is_taken_along() -> None:
    response = await answer("?format=json&action=log_in&outcome=refused&q=ada&more=1", ROWS)
    (wanted,) = response.extensions["asked"]
    assert (wanted.action, wanted.outcome, wanted.words[0][0]) == ("log_in", "refused", "ada")


async def test_a_database_that_fails_halfway_is_no_half_file() -> None:
    response = await answer("?format=csv", ROWS, error="The disk is gone.")
    assert (response.status_code, response.json()) == (503, {"error": "The disk is gone."})


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
async def test_a_spreadsheet_runs_nothing(start: str) -> None:
    evil = f'{start}HYPERLINK("http://localhost","x")'
    (row,) = as_csv(await answer("?format=csv", [AuditEntry(1.0, evil, evil, evil, evil, evil)]))
    told: dict[str, Any] = {name: text for name, text in row.items() if name != "at"}
    assert set(told.values()) == {f"'{evil}"}
