import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.status import Status
from ops_dashboard.serving.alert_exports import FORMATS, exported, is_format
from tests.unit.domain.views.test_alert_history import OPEN, OVER


def as_csv(*incidents: Any) -> list[dict[str, str]]:
    text = exported(incidents, DEFAULT_RULES, "csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_json(*incidents: Any) -> list[dict[str, Any]]:
    return json.loads(exported(incidents, DEFAULT_RULES, "json").content)


def test_both_files_tell_the_same() -> None:
    (row,), (other,) = as_csv(OVER), as_json(OVER)
    assert row == {name: "" if value is None else str(value) for name, value in other.items()}


def test_moments_are_in_utc_and_a_value_has_its_unit() -> None:
    (row,) = as_json(OVER)
    assert (row["opened_at"], row["resolved_at"]) == (
        "1970-01-01T00:16:40+00:00",
        "1970-01-01T00:28:45+00:00",
    )
    assert (row["worst_value"], row["unit"], row["duration_seconds"]) == (12.0, "%", 725.0)
    assert (row["state"], row["worst_severity"], row["source"]) == ("resolved", "critical", "Performance")


def test_what_has_not_happened_is_left_empty() -> None:
    (row,) = as_json(OPEN)
    assert (row["resolved_at"], row["acknowledged_at"], row["duration_seconds"]) == (None, None, None)


def test_a_status_is_a_word_without_a_unit() -> None:
    (row,) = as_json(replace(OVER, peak=Status.DOWN))
    assert (row["worst_value"], row["unit"]) == ("down", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_spreadsheet_runs_nothing(start: str) -> None:
    hostile = f'{start}HYPERLINK("http://localhost","x")'
    (row,) = as_csv(replace(OVER, note=hostile, message=hostile, target=hostile, acknowledged_by=hostile))
    assert {row[name] for name in ("note", "message", "target", "acknowledged_by")} == {f"'{hostile}"}


def test_a_negative_number_stays_a_number() -> None:
    assert as_csv(replace(OVER, peak=-4.5))[0]["worst_value"] == "-4.5"


def test_commas_quotes_and_lines_stay_within_their_field() -> None:
    note = 'a, "b"\nc'
    assert [row["note"] for row in as_csv(replace(OVER, note=note), OVER)] == [note, OVER.note]


def test_without_incidents_a_table_has_its_headings_alone() -> None:
    assert exported([], DEFAULT_RULES, "csv").content.decode("utf-8-sig").startswith('"id","rule","title",')
    assert as_csv() == as_json() == []


@pytest.mark.parametrize("bad", ["", "CSV", "xml", None, 3, ["csv"]])
def test_another_kind_of_file_cannot_be_made(bad: object) -> None:
    assert not is_format(bad)
    assert all(map(is_format, FORMATS))
