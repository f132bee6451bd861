from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.preferences import check
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.views.alert_preferences import (
    NO_DATA,
    Draft,
    FieldRow,
    RuleRow,
    is_field,
    number_text,
    rule_row,
    to_save,
)

RULES = {rule.id: rule for rule in DEFAULT_RULES}
ERRORS = RULES["error_rate"]


def row(rule: Rule = ERRORS, draft: Draft | None = None, firing: str = "") -> RuleRow:
    return rule_row(rule, draft or {}, lambda _rule: firing)


def fields(shown: RuleRow) -> dict[str, FieldRow]:
    return {field.name: field for field in shown.fields}


def test_a_rule_shows_its_thresholds_with_their_unit_mildest_first() -> None:
    shown = [(field.label, field.text, field.unit) for field in row().fields]
    assert shown == [("Warning above", "5", "%"), ("Critical above", "10", "%"), ("For at least", "0", "s")]


def test_a_rule_about_a_status_has_no_threshold() -> None:
    assert [field.name for field in row(RULES["module_status"]).fields] == ["for_seconds"]


@pytest.mark.parametrize(
    ("rule_id", "label", "unit"),
    [
        ("cache_hit_rate", "Info below", "%"),
        ("failed_deliveries", "Warning, rise above", ""),
        ("job_stuck", "Warning above", "s"),
        ("worker_queue", "Warning above", "tasks"),
    ],
)
def test_a_threshold_says_on_which_side_it_lies(rule_id: str, label: str, unit: str) -> None:
    first = row(RULES[rule_id]).fields[0]
    assert (first.label, first.unit) == (label, unit)


def test_every_field_has_an_id_of_its_own() -> None:
    ids = [field.id for rule in DEFAULT_RULES for field in row(rule).fields]
    assert len(set(ids)) == len(ids)


def test_what_is_typed_stays_as_it_was_typed_with_what_is_wrong_beside_it() -> None:
    shown = fields(row(draft={"warning": "lots", "critical": "12"}))
    assert (shown["warning"].text, shown["critical"].text) == ("lots", "12")
    assert shown["warning"].problem == "Must be a number, such as 7.5."
    assert shown["critical"].problem == ""


def test_thresholds_in_the_wrong_order_are_told_beside_the_one_that_was_typed() -> None:
    shown = fields(row(draft={"warning": "50"}))
    assert shown["warning"].problem == "Must be lower than the critical threshold, 10 %."


def test_only_what_differs_is_saved() -> None:
    draft: Draft = {"warning": "7.5", "critical": "10.0", "for_seconds": "0", "enabled": True}
    assert to_save(ERRORS, draft) == {"warning": 7.5}
    assert to_save(ERRORS, {"enabled": False}) == {"enabled": False}
    assert to_save(ERRORS, {}) == {}


def test_nothing_is_saved_of_a_rule_while_anything_of_it_is_wrong() -> None:
    assert to_save(ERRORS, {"warning": "7.5", "for_seconds": "-1"}) == {}


def test_a_draft_that_cannot_be_saved_is_a_change_all_the_same() -> None:
    assert [row(draft=draft).changed for draft in ({}, {"warning": "5.0"}, {"warning": "6"}, {"warning": "x"})] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_rule_is_custom_once_it_differs_from_its_defaults() -> None:
    changed = check(ERRORS, {"warning": "6"}).rule
    assert (row().custom, row(changed).custom, row(replace(ERRORS, enabled=False)).custom) == (
        False,
        True,
        True,
    )


def test_the_preview_is_that_of_what_is_typed() -> None:
    asked: list[Rule] = []

    def firing_now(rule: Rule) -> str:
        asked.append(rule)
        return "warning"

    shown = rule_row(ERRORS, {"warning": "7"}, firing_now)
    assert (shown.firing, shown.preview) == ("warning", "yes, warning")
    assert [level.at for level in asked[0].levels] == [10, 7]


@pytest.mark.parametrize(
    ("draft", "firing", "preview"),
    [
        ({}, "", "no"),
        ({}, NO_DATA, "no data"),
        ({}, "critical", "yes, critical"),
        ({"warning": "x"}, "critical", "cannot be told"),
        ({"enabled": False}, "critical", "no, it is switched off"),
    ],
)
def test_the_preview_says_what_is_not_known_too(draft: Draft, firing: str, preview: str) -> None:
    assert row(draft=draft, firing=firing).preview == preview


@pytest.mark.parametrize("value", [0.0, 5.0, 0.8, 1800.0, 7.25, 999_999_999.0, 0.000_001])
def test_a_number_is_written_as_it_would_be_typed(value: float) -> None:
    assert float(number_text(value)) == value
    assert not number_text(value).endswith(".0")


@pytest.mark.parametrize("name", ["info", "", "levels", None, 3, []])
def test_what_is_no_field_of_the_rule_cannot_be_changed(name: object) -> None:
    assert not is_field(ERRORS, name)
    assert is_field(ERRORS, "warning")
