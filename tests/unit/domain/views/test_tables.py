"""The tables of the page: each row has a cell for each column, whatever the backend answers."""

import math

import pytest

from ops_dashboard.demo.hostile.texts import MARKUP
from ops_dashboard.domain.bounds import MOST_RANKED
from ops_dashboard.domain.metrics.product import ENGAGEMENT
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, foremost, over, table_rows, table_view
from ops_dashboard.domain.views.tables import TABLES
from tests.bodies import demo_bodies
from tests.snapshots import page, snapshot

KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "code": (str,),
    "number": (float, int),
    "moment": (float, int),
    "yes": (bool,),
}
HOSTILE = {
    "database": {
        "table_stats": {
            MARKUP: {"row_count": "many", "size_mb": -1},
            "": None,
            "a\nb": {"row_count": math.nan},
        }
    },
    "cache": {"top_keys": [{"key": MARKUP, "hits": "7"}, None, 5, {"key": ["x"], "size_bytes": math.inf}]},
}


@pytest.mark.parametrize("known", [snapshot(demo_bodies()), snapshot(HOSTILE), snapshot()])
@pytest.mark.parametrize("key", TABLES)
def test_every_cell_is_of_the_kind_of_its_column(key: str, known: Snapshot) -> None:
    spec = over(TABLES[key], "1h")
    rows = table_rows(spec, known)
    assert table_view(spec, known).count == len(rows)
    for row in rows:
        for cell, column in zip(row, spec.columns, strict=True):
            assert cell is None or isinstance(cell, KINDS[column.kind]), column.key


@pytest.mark.parametrize("key", TABLES)
def test_a_table_is_registered_by_its_key_and_sorted_by_one_of_its_columns(key: str) -> None:
    spec = TABLES[key]
    assert spec.key == key
    assert spec.sort in ("", *(column.key for column in spec.columns))


def test_a_hostile_name_is_a_text_and_a_number_that_is_none_is_not_reported() -> None:
    rows = {row[0]: row[1:] for row in table_rows(TABLES["database_tables"], snapshot(HOSTILE))}
    assert rows == {MARKUP: (None, None), "(no name)": (None, None), "a b": (None, None)}
    assert table_rows(TABLES["cache_keys"], snapshot(HOSTILE))[0] == (MARKUP, 7, None)


def test_the_panels_hold_their_tables() -> None:
    shown = page(demo_bodies())
    assert (shown.database.tables.count, shown.database.tables.display) == (12, "value")
    assert (shown.cache.top_keys.count, shown.cache.top_keys.display) == (10, "value")
    assert page({"database": {"table_stats": {}}}).database.tables.display == "value", "none is a value"
    assert page({"database": {}}).database.tables.display == "not_reported"
    assert page().database.tables.display == "waiting"


def test_only_a_source_that_is_read_for_each_range_takes_one() -> None:
    ranged = TableSpec("x", "X", ENGAGEMENT, (), lambda _: None)
    assert over(ranged, "24h").source == f"{ENGAGEMENT}.24h"
    assert over(TABLES["cache_keys"], "24h") is TABLES["cache_keys"]


@pytest.mark.parametrize(
    ("cells", "greatest"),
    [
        ((1, None, 3, 2), (3, 2)),
        ((None, math.nan, 0), (0, None)),
        (("b", "a", "c"), ("c", "b")),
        ((None, None, None), (None, None)),
    ],
)
def test_the_greatest_rows_are_handed_out(cells: tuple[Cell, ...], greatest: tuple[Cell, ...]) -> None:
    spec = TableSpec("x", "X", "cache", (Column("n", "N", "number"),), lambda _: None, sort="n")
    assert foremost(spec, [(cell,) for cell in cells], most=2) == [(cell,) for cell in greatest]


MANY = 100_000
_NAMED = {f"n{n}": {} for n in range(MANY)}
_LISTED = [{}] * MANY


@pytest.mark.parametrize(
    ("source", "body", "key"),
    [
        ("database", {"table_stats": _NAMED}, "database_tables"),
        ("database", {"slow_query_log": _LISTED}, "slow_queries"),
        ("cache", {"top_keys": _LISTED}, "cache_keys"),
        ("events", {"event_types": _NAMED}, "event_types"),
        ("event_history", _LISTED, "events"),
        ("workers", {"workers": _LISTED}, "workers"),
        ("workers", {"stats": _NAMED}, "workers"),
        ("model_health", {"models": _NAMED}, "models"),
        ("recommendation_quality.1h", {"model_performance": _NAMED}, "recommendation_models"),
        ("recommendation_quality.1h", {"ab_tests": _LISTED}, "ab_tests"),
        ("recommendation_quality.1h", {"ab_tests": [{"variants": _LISTED}]}, "ab_tests"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_of_a_hundred_thousand_rows_all_are_counted_and_few_are_held(
    source: str, body: object, key: str
) -> None:
    known, spec = snapshot({source: body}), over(TABLES[key], "1h")
    assert table_view(spec, known).count == MANY
    assert len(table_rows(spec, known)) <= MOST_RANKED


def test_what_is_computed_of_a_part_is_not_taken_for_the_whole() -> None:
    shown = page(
        {
            "database": {"table_stats": {name: {"row_count": 1, "size_mb": 1} for name in _NAMED}},
            "events": {"event_types": dict.fromkeys(_NAMED, 1)},
            "health": {
                "modules": dict.fromkeys(_NAMED, "healthy"),
                "components": {f"c{n}": "ok" for n in range(300)},
            },
            "workers": {"stats": {name: {"total": {"task": 1}} for name in _NAMED}},
            "ingestion_health": {"services": dict.fromkeys(_NAMED, "down: gone")},
            "jobs": [{"job_id": name} for name in _NAMED],
        }
    )
    figures = {figure.key: figure for figure in shown.database.figures}
    assert figures["database.tables"].text == "100,000"
    for key in ("database.rows", "database.size"):
        assert (figures[key].display, figures[key].text) == ("waiting", "")
        assert figures[key].note == "The first 20,000 of 100,000 tables are read, too few for a sum."
    assert shown.events.types.parts[-1].label == "4,990 other types, without 95,000 that are not read"
    modules = shown.modules
    assert modules.cut == "The worst 180 of 20,013 read, the first 20,013 of 100,013"
    assert (modules.total, modules.more, modules.more_components) == (100_013, 99_833, 120)
    assert shown.health.modules == "20,000 of the first 20,013 modules healthy"
    assert "workers.processed_total" not in {figure.key for figure in shown.workers.figures}
    services = shown.ingestion.services
    assert (len(services.rows), services.cut) == (60, "The worst 60 of 100,000")
    assert shown.ingestion.jobs.folded == "The newest 500 of 100,000 entries of the history are read."
