"""The rows of the page's tables: as JSON, and as a file."""

import csv
import io
import json
import math
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from ops_dashboard.domain.bounds import MOST_RANKED
from ops_dashboard.domain.metrics.product import ENGAGEMENT
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.table import MOST_ROWS, Cell, Column, TableSpec
from ops_dashboard.domain.views.tables import TABLES
from ops_dashboard.serving.table_api import table_routes
from tests.snapshots import NOW, failing, snapshot

KINDS = (
    Column("name", "Name", "code"),
    Column("size", "Size", "number", "MB"),
    Column("seen", "Last seen", "moment"),
    Column("loaded", "Loaded", "yes"),
    Column("calls", "Calls", "number", "count"),
    Column("age", "Age", "number", "duration"),
)


def client(known: Snapshot, *specs: TableSpec) -> httpx.AsyncClient:
    tables = TABLES | {spec.key: spec for spec in specs}
    transport = httpx.ASGITransport(Starlette(routes=table_routes(lambda: known, tables)))
    return httpx.AsyncClient(transport=transport, base_url="http://ops.example")


def database(tables: dict[str, Any]) -> Snapshot:
    return snapshot({"database": {"table_stats": tables}})


def made_of(*rows: tuple[Cell, ...], sort: str = "") -> TableSpec:
    return TableSpec("made", "Made", "cache", KINDS, lambda _: rows, sort=sort)


async def as_csv(known: Snapshot, path: str, *specs: TableSpec) -> list[list[str]]:
    answer = await client(known, *specs).get(path)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_the_rows_come_with_their_columns_and_the_time_of_their_receipt() -> None:
    answer = await client(database({"users": {"row_count": 3, "size_mb": 0.5}, "log": {}})).get(
        "/api/tables/database_tables"
    )
    assert answer.json() == {
        "key": "database_tables",
        "at": NOW,
        "display": "value",
        "note": "",
        "columns": [
            {"key": "table", "title": "Table", "kind": "text", "unit": ""},
            {"key": "rows", "title": "Rows", "kind": "number", "unit": "count"},
            {"key": "size_mb", "title": "Size", "kind": "number", "unit": "MB"},
        ],
        "rows": [["users", 3, 0.5], ["log", None, None]],
        "total": 2,
    }


async def test_the_keys_of_the_cache_are_rows_too() -> None:
    known = snapshot({"cache": {"top_keys": [{"key": "a:b", "hits": 7, "size_bytes": 2048}, "no key"]}})
    answer = await client(known).get("/api/tables/cache_keys")
    assert answer.json()["rows"] == [["a:b", 7, 2048], [None, None, None]]


@pytest.mark.parametrize(
    ("known", "display", "note"),
    [
        (snapshot(), "waiting", ""),
        (snapshot(states=[failing("database", "failed (HTTP 500)")]), "waiting", "failed (HTTP 500)"),
        (snapshot({"database": {"timestamp": "x"}}), "not_reported", "Not reported by this backend."),
        (snapshot({"database": {"status": "not_applicable", "message": "gone"}}), "not_applicable", "gone"),
    ],
)
async def test_without_a_report_there_are_no_rows_and_it_says_why(
    known: Snapshot, display: str, note: str
) -> None:
    body = (await client(known).get("/api/tables/database_tables")).json()
    assert (body["rows"], body["total"], body["display"], body["note"]) == ([], 0, display, note)


@pytest.mark.parametrize(
    "key", ["nothing", "__proto__", "a/b", "..%2Fetc", "%00", "database_tables/", "x" * 5_000]
)
async def test_an_unknown_table_is_not_found_and_the_known_ones_are_named(key: str) -> None:
    answer = await client(snapshot()).get(f"/api/tables/{key}")
    assert answer.status_code == 404
    assert answer.json() == {"error": f"There is no such table; there are {', '.join(sorted(TABLES))}."}


@pytest.mark.parametrize(
    ("query", "word"), [("range=2h", "range"), ("range=", "range"), ("format=xml", "format")]
)
async def test_a_range_or_format_that_is_none_is_refused(query: str, word: str) -> None:
    answer = await client(snapshot()).get(f"/api/tables/cache_keys?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(f"{word} must be one of ")


async def test_a_table_of_a_time_range_is_read_for_that_range() -> None:
    spec = TableSpec(
        "people", "People", ENGAGEMENT, (Column("n", "Active", "number"),), lambda r: [(r.active_users,)]
    )
    bodies = {f"{ENGAGEMENT}.1h": {"active_users": 4}, f"{ENGAGEMENT}.7d": {"active_users": 90}}
    asking = client(snapshot(bodies), spec)
    for query, count in (("", 4), ("?range=1h", 4), ("?range=7d", 90)):
        assert (await asking.get(f"/api/tables/people{query}")).json()["rows"] == [[count]]


async def test_of_twenty_thousand_rows_the_greatest_are_handed_out_and_all_are_counted() -> None:
    known = database({f"table_{n}": {"row_count": n, "size_mb": None if n % 7 else n} for n in range(20_000)})
    body = (await client(known).get("/api/tables/database_tables")).json()
    assert (len(body["rows"]), body["total"]) == (MOST_ROWS, 20_000)
    sizes = [size for _, _, size in body["rows"] if size is not None]
    assert sizes == [n for n in range(19_999, -1, -1) if n % 7 == 0], "and those without a size come after"


async def test_a_file_has_every_row() -> None:
    known = database({f"table_{n}": {"row_count": n} for n in range(20_000)})
    assert len(await as_csv(known, "/api/tables/database_tables?format=csv")) == 20_001


async def test_of_a_hundred_thousand_rows_the_file_says_in_its_name_how_many_it_has() -> None:
    known = database({f"table_{n}": {} for n in range(100_000)})
    body = (await client(known).get("/api/tables/database_tables")).json()
    assert (len(body["rows"]), body["total"]) == (MOST_ROWS, 100_000)
    file = await client(known).get("/api/tables/database_tables?format=csv")
    assert file.content.count(b"\n") == MOST_RANKED + 1
    assert "database_tables-20000-of-100000-" in file.headers["content-disposition"]


async def test_more_rows_than_are_handed_out_are_the_first_ones_where_the_table_is_not_sorted() -> None:
    rows = [(f"row {n}", float(n), None, None, None, None) for n in range(MOST_ROWS + 9)]
    body = (await client(snapshot({"cache": {}}), made_of(*rows)).get("/api/tables/made")).json()
    assert [row[0] for row in body["rows"]] == [f"row {n}" for n in range(MOST_ROWS)]


async def test_numbers_that_json_does_not_have_are_null() -> None:
    row = ("a", math.nan, None, None, math.inf, -math.inf)
    answer = await client(snapshot({"cache": {}}), made_of(row)).get("/api/tables/made")
    assert json.loads(answer.content, parse_constant=pytest.fail)["rows"] == [["a"] + [None] * 5]


async def test_the_file_has_units_in_its_headings_and_moments_in_utc() -> None:
    row = ("a", 12.0, NOW, True, 1e16, 90.5)
    nothing = (None, math.nan, None, None, None, math.inf)
    rows = await as_csv(snapshot({"cache": {}}), "/api/tables/made?format=csv", made_of(row, nothing))
    assert rows == [
        ["Name", "Size (MB)", "Last seen (UTC)", "Loaded", "Calls", "Age (s)"],
        ["a", "12", "2027-01-15T08:00:00+00:00", "yes", "1e+16", "90.5"],
        ["", "", "", "", "", ""],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://localhost")'])
async def test_a_spreadsheet_runs_nothing(name: str) -> None:
    rows = await as_csv(database({name: {"row_count": 1}}), "/api/tables/database_tables?format=csv")
    assert rows[1] == [f"'{name}", "1", ""]


async def test_the_file_is_named_by_the_table_and_the_time_of_its_rows() -> None:
    for known, at in ((database({}), "20270115T080000Z"), (snapshot(), "20270115T080000Z")):
        answer = await client(known).get("/api/tables/database_tables?format=csv")
        assert answer.headers["content-disposition"] == f'attachment; filename="database_tables-{at}.csv"'
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?format=csv", "?range=x"])
async def test_no_answer_is_kept_by_caches_and_nothing_can_be_written(query: str) -> None:
    asking = client(database({}))
    answer = await asking.get(f"/api/tables/database_tables{query}")
    assert answer.headers["cache-control"] == "no-store"
    assert (await asking.post(f"/api/tables/database_tables{query}")).status_code == 405
