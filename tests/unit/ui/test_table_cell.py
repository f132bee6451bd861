"""What the cells of a table read, and how wide their columns are."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate

MB = {"key": "size", "title": "Size", "kind": "number", "unit": "MB"}
TEXT = {"key": "name", "title": "Name", "kind": "text", "unit": ""}
SEEN = {"key": "seen", "title": "Seen", "kind": "moment", "unit": ""}


def cells(expression: str) -> Any:
    return evaluate("ops_table_cell.js", expression)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\n\tc", "a b c"),
        ("  padded  ", "padded"),
        ("nul\u0000bell\u0007", "nul bell"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("", ""),
    ],
)
def test_a_text_is_one_line_of_plain_letters(text: str, shown: str):
    assert cells(f"m.shownText({json.dumps(text)})") == shown


def test_a_long_text_is_cut_in_its_cell_and_further_on_in_its_title():
    assert cells("['shownText', 'titleText'].map((name) => m[name]('x'.repeat(5000)))") == [
        "x" * 199 + "…",
        "x" * 1999 + "…",
    ]


def test_a_text_is_not_cut_in_the_middle_of_a_character():
    assert cells("m.shownText('x' + '😀'.repeat(300))") == "x" + "😀" * 99 + "…"


@pytest.mark.parametrize(
    ("cell", "words"), [(None, "not reported"), (True, "yes"), (False, "no"), (1234.5, "1,234.5"), ("a", "a")]
)
def test_what_is_neither_an_amount_nor_a_time_has_words(cell: Any, words: str):
    assert cells(f"m.plainText({json.dumps(cell)})") == words


def test_a_number_is_found_as_shown_exactly_and_without_separators():
    assert cells(f"m.searchedText(7134.571, {json.dumps(MB)}, {{}})") == "7,135 MB 7,134.571 MB 7134.571"


@pytest.mark.parametrize(("zone", "text"), [("utc", "08:00:00"), ("local", "09:00:00")])
def test_a_time_is_found_as_it_is_shown_in_the_chosen_zone(zone: str, text: str):
    found = evaluate(
        "ops_table_cell.js",
        f"m.searchedText(1.8e9, {json.dumps(SEEN)}, {{ now: 1.8e12 + 5000, zone: {json.dumps(zone)} }})",
        zone="Europe/Berlin",
    )
    assert found == text


def test_a_column_is_as_wide_as_its_longest_cell_within_reason():
    widths = cells(
        f"[[['a', 1]], [['a', 123456789]], [['a', null]]].map((rows) => m.widthOf(rows, 1, {json.dumps(MB)}, {{}}))"
        f".concat(m.widthOf([['x'.repeat(500)]], 0, {json.dumps(TEXT)}, {{}}))"
    )
    assert widths[0] == widths[2] < widths[1] < widths[3] == 24


def test_a_column_of_times_has_room_for_the_oldest_of_them():
    widths = cells(
        f"[[], [['a', 1.8e9]], [['a', 1.8e9], ['b', 1.7e9]]]"
        f".map((rows) => m.widthOf(rows, 1, {json.dumps(SEEN)}, {{ now: 1.8e12 + 5000, zone: 'utc' }}))"
    )
    assert widths == [6, 8, 19]
