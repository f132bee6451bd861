import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.views.alert_places import PLACES, place_of, source_of


@pytest.mark.parametrize("rule_id", [rule.id for rule in DEFAULT_RULES])
def test_every_rule_has_a_place(rule_id: str) -> None:
    assert place_of(rule_id).title


def test_every_place_is_about_rules_that_exist_and_no_two_about_the_same() -> None:
    named = [rule_id for place in PLACES for rule_id in place.rules]
    assert sorted(named) == sorted(rule.id for rule in DEFAULT_RULES)


def test_a_rule_that_nobody_knows_is_told_by_its_target_alone() -> None:
    assert source_of(Key("gone", "search")) == "search"
    assert source_of(Key("gone")) == ""
