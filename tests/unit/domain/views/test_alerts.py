"""Active alerts: what stands in the rows and groups, and what is counted."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.handling import acknowledge, dismiss, snooze
from ops_dashboard.domain.alerts.sample import Key, Value
from ops_dashboard.domain.alerts.state import UNKNOWN_AFTER_SECONDS
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.alert_places import alert_counts, section_counts
from ops_dashboard.domain.views.alert_rows import AlertRow, key_of, key_text
from ops_dashboard.domain.views.alerts import MOST_DRAWN, MOST_ROWS, AlertsView, active_rows, alerts_view
from tests.unit.domain.alerts.test_evaluate import World

ERRORS, QUEUE, CACHE = Key("error_rate"), Key("worker_queue"), Key("cache_hit_rate")
BACKEND = Key("backend_unreachable")


def view(world: World, ids: dict[Key, int] | None = None, unsaved: str = "") -> AlertsView:
    return alerts_view(world.rules, world.states, ids or {}, "path of {}".format, world.now, unsaved)


def the_row(world: World, ids: dict[Key, int] | None = None) -> AlertRow:
    (row,) = active_rows(view(world, ids))
    return row


def module(number: int, rule: str = "module_status") -> Key:
    return Key(rule, f"m{number:03}")


def seeing(*values: tuple[Key, Value | None]) -> World:
    world = World()
    world.sees(*values)
    return world


def test_before_anything_is_judged_nothing_is_claimed() -> None:
    assert AlertsView().sentence == ""


def test_without_alerts_it_says_so() -> None:
    shown = view(seeing((ERRORS, 0.1)))
    assert (shown.groups, shown.sentence) == ((), "No active alerts.")


def test_a_row_says_what_and_since_when() -> None:
    world = seeing((ERRORS, 9.1))
    opened = world.now
    row = the_row(world, {ERRORS: 17})
    assert (row.id, row.message, row.source) == (17, "Error rate is 9.1 % (> 5 %)", "Performance")
    assert (row.severity, row.severity_word) == ("warning", "Warning")
    assert (row.value, row.threshold, row.since) == ("9.1 %", "5 %", opened)
    assert row.sparkline == "path of performance.error_rate"


def test_a_row_about_one_of_many_names_it() -> None:
    row = the_row(seeing((module(7), Status.DOWN)))
    assert (row.subject, row.source, row.target) == ("Module health m007", "Modules · m007", "m007")
    assert row.threshold == ""


def test_a_row_that_is_not_saved_has_no_id() -> None:
    assert the_row(seeing((ERRORS, 9.1))).id == 0


def test_the_peak_is_told_only_once_it_differs_from_the_value() -> None:
    world = seeing((ERRORS, 9.8))
    peak_at = world.now
    assert the_row(world).peak == ""
    world.sees((ERRORS, 9.1))
    row = the_row(world)
    assert (row.peak_word, row.peak, row.peak_at) == ("peak", "9.8 %", peak_at)


def test_the_worst_of_a_value_that_must_not_fall_is_its_lowest() -> None:
    world = seeing((CACHE, 20.0))
    world.sees((CACHE, 40.0))
    assert (the_row(world).peak_word, the_row(world).peak) == ("lowest", "20 %")


def test_a_value_that_is_no_longer_read_tells_since_when() -> None:
    world = seeing((ERRORS, 9.1))
    read_at = world.now
    assert (the_row(world).data, the_row(world).known_at) == ("fresh", 0.0)
    world.sees((ERRORS, None))
    assert (the_row(world).data, the_row(world).known_at) == ("stale", read_at)
    world.sees((ERRORS, None), after=UNKNOWN_AFTER_SECONDS)
    assert (the_row(world).data, the_row(world).known_at) == ("unknown", read_at)


def test_a_row_says_who_took_care_of_it_and_why() -> None:
    world = seeing((ERRORS, 9.1))
    world.states[ERRORS], _ = acknowledge(world.states[ERRORS], world.now, "ana", "re-index running")
    row = the_row(world)
    assert (row.handled, row.handled_by, row.note) == ("acknowledged", "ana", "re-index running")
    assert row.handled_at == world.now


def test_a_snoozed_alert_stays_among_the_active_ones_with_its_end() -> None:
    world = seeing((ERRORS, 9.1))
    until = world.now + 900
    world.states[ERRORS], _ = snooze(world.states[ERRORS], world.now, "ana", until)
    assert (the_row(world).handled, the_row(world).until) == ("snoozed", until)


def test_a_dismissed_alert_stands_apart_and_is_still_counted() -> None:
    world = seeing((ERRORS, 9.1), (QUEUE, 500.0))
    world.states[ERRORS], _ = dismiss(world.states[ERRORS], world.now, "ana")
    shown = view(world)
    assert [row.rule_id for row in active_rows(shown)] == ["worker_queue"]
    assert [row.rule_id for row in shown.dismissed] == ["error_rate"]
    assert shown.sentence == "1 critical, 1 handled or muted."


def test_what_waits_for_somebody_is_counted_by_severity() -> None:
    shown = view(seeing((ERRORS, 50.0), (QUEUE, 150.0), (Key("db_pool"), 85.0), (CACHE, 40.0)))
    assert (shown.critical, shown.warning, shown.info, shown.quiet) == (1, 2, 1, 0)
    assert shown.sentence == "1 critical, 2 warnings, 1 info."


def test_what_is_muted_does_not_wait_for_anybody() -> None:
    shown = view(seeing((BACKEND, Status.DOWN), *((module(n), Status.DOWN) for n in range(30))))
    assert (shown.critical, shown.quiet) == (1, 30)
    assert {row.muted for row in shown.groups[0].rows[1:]} == {"muted: the backend is unreachable"}


def test_when_all_is_handled_that_is_said() -> None:
    world = seeing((ERRORS, 9.1))
    world.states[ERRORS], _ = acknowledge(world.states[ERRORS], world.now, "ana")
    assert view(world).sentence == "No new alerts, 1 handled or muted."


def test_the_sentence_stays_while_only_values_change() -> None:
    world = seeing((ERRORS, 9.1))
    before = view(world).sentence
    world.sees((ERRORS, 9.7))
    assert view(world).sentence == before


def test_many_of_one_rule_are_a_group_named_by_the_rule() -> None:
    (group,) = view(seeing(*((module(n), Status.DOWN) for n in range(7)))).groups
    assert (group.alike, group.key, group.title, len(group.rows)) == (
        True,
        "module_status",
        "Module health: 7",
        7,
    )


def test_a_group_says_how_many_of_it_wait_for_somebody() -> None:
    world = seeing(*((module(n), Status.DOWN) for n in range(4)))
    for done in range(5):
        assert view(world).groups[0].waiting == 4 - done
        if done < 4:
            world.states[module(done)], _ = acknowledge(world.states[module(done)], world.now, "ana")


def test_a_cause_leads_the_group_of_what_it_explains() -> None:
    (group,) = view(seeing((module(1), Status.DOWN), (module(1, "module_response_time"), 900.0))).groups
    assert (group.alike, group.key) == (False, "module_status|m001")
    assert [row.rule_id for row in group.rows] == ["module_status", "module_response_time"]


def test_of_very_many_the_worst_are_shown_and_the_rest_is_counted() -> None:
    many = [(module(n), Status.DEGRADED) for n in range(MOST_ROWS + 30)]
    shown = view(seeing(*many, (ERRORS, 50.0)))
    rows = list(active_rows(shown))
    assert (len(rows), shown.more, rows[0].rule_id) == (MOST_ROWS, 31, "error_rate")
    assert shown.warning == len(many)


def test_only_the_first_rows_have_their_past_drawn() -> None:
    rows = list(active_rows(view(seeing(*((module(n), Status.DOWN) for n in range(MOST_DRAWN + 5))))))
    assert [row.sparkline != "" for row in rows] == [True] * MOST_DRAWN + [False] * 5


def test_what_has_no_number_has_no_line() -> None:
    assert the_row(seeing((BACKEND, Status.DOWN))).sparkline == ""


def test_an_alert_of_a_rule_that_is_gone_is_not_shown() -> None:
    world = seeing((ERRORS, 9.1), (QUEUE, 150.0))
    world.rules = tuple(rule for rule in DEFAULT_RULES if rule.id != "error_rate")
    assert the_row(world).rule_id == "worker_queue"


def test_why_nothing_is_saved_is_handed_on() -> None:
    assert view(seeing((ERRORS, 9.1)), unsaved="The disk is full.").unsaved == "The disk is full."


@pytest.mark.parametrize("key", [ERRORS, module(1), Key("module_status", "a|b"), Key("x", "|")])
def test_a_key_survives_the_way_to_the_browser_and_back(key: Key) -> None:
    assert key_of(key_text(key)) == key


def test_alerts_are_counted_by_module_and_by_section() -> None:
    world = seeing(
        (module(1), Status.DOWN), (module(1, "module_response_time"), 900.0), (module(2), Status.HEALTHY),
        (ERRORS, 9.1), (Key("model_not_loaded", "m001"), Status.DOWN),
    )  # fmt: skip
    assert alert_counts(world.states) == {"m001": 2}
    assert section_counts(world.states) == {"modules": 2, "performance": 1, "models": 1}


def test_an_alert_that_is_over_is_counted_no_more() -> None:
    world = seeing((module(1), Status.DOWN))
    key = module(1)
    world.states[key] = replace(world.states[key], incident=None)
    assert (alert_counts(world.states), section_counts(world.states)) == ({}, {})
