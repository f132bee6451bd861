"""Rows as CSV that a spreadsheet opens and does not run."""

import codecs
import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import StringIO

MEDIA_TYPE = "text/csv; charset=utf-8"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; some take the wide forms for the narrow ones."""


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The content of the file; None is an empty field."""
    return csv_start(headings) + csv_rows(rows)


def csv_start(headings: Sequence[str]) -> bytes:
    """The beginning of a file. Without the byte-order mark Excel reads UTF-8 as the letters of the system."""
    return codecs.BOM_UTF8 + csv_rows([headings])


def csv_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows that continue a file."""
    text = StringIO(newline="")
    # Every text in quotes: where lists are set off by semicolons, one within a text would begin a field of its own.
    table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    table.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue().encode()


def iso_moment(at: float | None) -> str | None:
    """``at`` (unix seconds) as ISO 8601 in UTC, to the second; None where it is unknown or 0, for never."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else None


def _harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula, behind a quote; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
