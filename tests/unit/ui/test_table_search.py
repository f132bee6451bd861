"""Finding rows of a table by any of their cells."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate, run

COLUMNS = [
    {"key": "name", "title": "Name", "kind": "text", "unit": ""},
    {"key": "size", "title": "Size", "kind": "number", "unit": "MB"},
    {"key": "ok", "title": "Healthy", "kind": "yes", "unit": ""},
]
ROWS = [
    ["Ångström_log", 1234.5, True],
    ["users", None, False],
    ["search.*(index)", 7, True],
    ["x\ny", 0, None],
]


def found(query: str) -> list[str]:
    rows, columns = json.dumps(ROWS), json.dumps(COLUMNS)
    hay = f"m.haystacks({rows}, {columns}, {{ now: 0, zone: 'utc' }})"
    return [row[0] for row in evaluate("ops_table_search.js", f"m.found({rows}, {hay}, {json.dumps(query)})")]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", [row[0] for row in ROWS]),
        ("  ", [row[0] for row in ROWS]),
        ("angstrom", ["Ångström_log"]),
        ("ÅNGSTRÖM", ["Ångström_log"]),
        ("1,234", ["Ångström_log"]),
        ("1234.5", ["Ångström_log"]),
        ("log 1,234.5 MB", ["Ångström_log"]),
        ("users angstrom", []),
        ("not reported", ["users", "x\ny"]),
        ("yes", ["Ångström_log", "search.*(index)"]),
        (".*(", ["search.*(index)"]),
        (".*u", []),
        ("nothing like it", []),
    ],
)
def test_every_word_is_looked_for_in_every_column(query: str, names: list[str]):
    assert found(query) == names


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"matches": 500, "held": 500, "total": 500, "isSearch": False}, "500 rows"),
        ({"matches": 1, "held": 1, "total": 1, "isSearch": False}, "1 row"),
        ({"matches": 12, "held": 500, "total": 500, "isSearch": True}, "12 of 500"),
        ({"matches": 5000, "held": 5000, "total": 20000, "isSearch": False}, "first 5,000 of 20,000"),
        ({"matches": 0, "held": 5000, "total": 20000, "isSearch": True}, "0 of the first 5,000"),
    ],
)
def test_the_count_says_what_is_found_and_what_is_not_here(counts: dict[str, Any], text: str):
    assert evaluate("ops_table_search.js", f"m.countText({json.dumps(counts)})") == text


def test_five_thousand_rows_of_hostile_text_are_searched():
    script = f"""
        const rows = Array.from({{ length: 5000 }}, (_, n) => [`${{"é<b>".repeat(600)}} ${{n}}`, n, null]);
        const hay = m.haystacks(rows, {json.dumps(COLUMNS)}, {{ now: 0, zone: "utc" }});
        console.log(JSON.stringify([m.found(rows, hay, "E<B>").length, Math.max(...hay.map((h) => h.length)) < 5000]));
    """
    assert run("ops_table_search.js", script) == [5000, True]
