"""CSV that a spreadsheet opens and does not run."""

import csv
import io

import pytest

from ops_dashboard.serving.csv_file import csv_file, csv_start, iso_moment


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_begins_as_a_formula_stands_behind_a_quote(start: str) -> None:
    formula = f'{start}HYPERLINK("http://localhost","x")'
    assert read(csv_file(["name"], [[formula]]))[1] == [f"'{formula}"]


def test_numbers_keep_their_sign_and_nothing_is_an_empty_field() -> None:
    assert read(csv_file(["a", "b", "c"], [[-4.5, None, 0]])) == [["a", "b", "c"], ["-4.5", "", "0"]]


def test_separators_quotes_and_lines_stay_within_their_field() -> None:
    hostile = 'a, "b"\r\nc;\td'
    assert read(csv_file(["name", "n"], [[hostile, 1]]))[1] == [hostile, "1"]


def test_a_semicolon_begins_no_field_of_its_own_where_lists_are_set_off_by_them() -> None:
    content = csv_file(["name", "n"], [["a;=1+1", 1]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1] == ["a;=1+1,1"]


def test_moments_are_in_utc_and_never_is_none() -> None:
    assert iso_moment(1_800_000_000.4) == "2027-01-15T08:00:00+00:00"
    assert iso_moment(0) is None
    assert iso_moment(None) is None


def test_files_begin_with_the_byte_order_mark_for_excel() -> None:
    for content in (csv_file(["Größe"], [["é"], ["é"]]), csv_start(["Größe"])):
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\xef\xbb\xbf") == 1
