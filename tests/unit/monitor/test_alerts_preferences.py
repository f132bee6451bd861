"""Preferences: shared, saved before they hold, and in force with the next page."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.alerts.preferences import rules_with
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.monitor.alert_rules import UNKNOWN_RULE
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.preferences import PreferenceStore
from tests.unit.monitor.deployment import BACKEND, CRITICAL, FINE, WARNING, Time, details, kinds, process

DEFAULTS = rules_with({})


def error_rate(alerts: Alerts) -> Rule:
    return next(rule for rule in alerts.rules() if rule.id == "error_rate")


def custom(alerts: Alerts) -> set[str]:
    """The rules that are not as they are by default."""
    return {rule.id for rule in alerts.rules() if rule not in DEFAULTS}


def warning_at(alerts: Alerts) -> float:
    level = error_rate(alerts).level(Severity.WARNING)
    assert level is not None
    return level.at


async def test_a_lowered_threshold_fires_with_the_next_page(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(3.0)
        assert one.rows == {}
        assert await one.alerts.set_preferences("error_rate", {"warning": 2.0}, "ana") == {}
        await one.sees(3.0)
        assert one.row().message == "Error rate is 3 % (> 2 %)"
        assert len(one.told) == 1


async def test_a_raised_threshold_resolves_with_the_next_page(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        assert await one.alerts.set_preferences("error_rate", {"warning": "9"}, "ana") == {}
        await one.sees(WARNING)
        assert one.rows == {}
    assert kinds(await details(database)) == [["opened", "resolved"]]


async def test_a_rule_that_is_switched_off_ends_its_alert_and_says_so(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(CRITICAL)
        assert await one.alerts.set_preferences("error_rate", {"enabled": False}, "ana") == {}
        await one.sees(CRITICAL, CRITICAL)
        assert one.rows == {}
    (detail,) = await details(database)
    assert (detail.transitions[-1].kind, detail.transitions[-1].note) == (
        *("resolved", "The rule was switched off."),
    )


async def test_a_breach_must_last_as_long_as_is_asked(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.alerts.set_preferences("error_rate", {"for_seconds": 10}, "ana")
        await one.sees(*[WARNING] * 10)
        assert one.rows == {}
        await one.sees(WARNING)
        assert one.row().severity == "warning"


async def test_preferences_outlast_a_restart_and_fields_that_were_not_named_stay(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana")
        await one.alerts.set_preferences("error_rate", {"for_seconds": 30.0}, "ben")
        expected = one.alerts.rules()
    async with process(time, database) as two:
        assert two.alerts.rules() == expected
        assert (warning_at(two.alerts), error_rate(two.alerts).for_seconds) == (6.0, 30.0)


async def test_they_are_those_of_one_backend(time: Time, database: Database) -> None:
    async with process(time, database) as one, process(time, database, "http://other") as other:
        await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana")
        await other.alerts.attach(database)
        assert other.alerts.rules() == DEFAULTS


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"warning": "lots"}, ["warning"]),
        ({"warning": ""}, ["warning"]),
        ({"warning": float("nan")}, ["warning"]),
        ({"warning": 10**400}, ["warning"]),
        ({"warning": None}, ["warning"]),
        ({"warning": -1, "critical": 200}, ["warning", "critical"]),
        ({"warning": 11}, ["warning"]),
        ({"critical": 5}, ["critical"]),
        ({"for_seconds": 3601}, ["for_seconds"]),
        ({"enabled": "yes"}, ["enabled"]),
        ({"warning": 6, "enabled": 1}, ["enabled"]),
    ],
    ids=repr,
)
async def test_bad_input_is_answered_with_sentences_and_changes_nothing(
    time: Time, database: Database, changes: dict[str, Any], fields: list[str]
) -> None:
    async with process(time, database) as one:
        problems = await one.alerts.set_preferences("error_rate", changes, "ana")
        assert problems.keys() == set(fields)
        assert all(sentence.endswith(".") for sentence in problems.values())
        assert one.alerts.rules() == DEFAULTS
    assert await PreferenceStore(database).load(BACKEND) == {}


async def test_an_unknown_rule_is_told_and_an_unknown_field_has_no_effect(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        assert await one.alerts.set_preferences("nonsense", {"warning": 1}, "ana") == {
            "enabled": UNKNOWN_RULE
        }
        odd = {"warning": 6.0, "levels": [], "x" * 10_000: 1, "info": {}}
        assert await one.alerts.set_preferences("error_rate", odd, "ana") == {}
    assert await PreferenceStore(database).load(BACKEND) == {"error_rate": {"warning": 6.0}}


@pytest.mark.parametrize("which", ["error_rate", None])
async def test_the_defaults_can_be_had_back(time: Time, database: Database, which: str | None) -> None:
    async with process(time, database) as one:
        await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana")
        await one.alerts.set_preferences("db_pool", {"warning": 60.0}, "ana")
        assert custom(one.alerts) == {"error_rate", "db_pool"}
        await one.alerts.reset_preferences(which, "ben")
        left = {"db_pool"} if which else set()
        assert custom(one.alerts) == left
        await one.alerts.attach(database)
        assert custom(one.alerts) == left


async def test_two_who_change_different_fields_at_once_both_get_what_they_want(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await asyncio.gather(
            *(one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana") for _ in range(3)),
            one.alerts.set_preferences("error_rate", {"critical": 20.0}, "ben"),
            one.alerts.set_preferences("db_pool", {"warning": 60.0}, "cy"),
        )
        held = one.alerts.rules()
        await one.alerts.attach(database)
        assert one.alerts.rules() == held
        assert custom(one.alerts) == {"error_rate", "db_pool"}
        assert [level.at for level in error_rate(one.alerts).levels] == [20.0, 6.0]


@pytest.mark.parametrize("method", ["save", "reset"])
async def test_what_cannot_be_saved_does_not_hold(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    async def fails(self: PreferenceStore, *given: Any) -> None:
        raise StorageError("The disk is full.")

    async with process(time, database) as one:
        await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana")
        monkeypatch.setattr(PreferenceStore, method, fails)
        with pytest.raises(StorageError, match="disk is full"):
            if method == "save":
                await one.alerts.set_preferences("error_rate", {"warning": 8.0}, "ana")
            else:
                await one.alerts.reset_preferences(None, "ana")
        assert warning_at(one.alerts) == 6.0


async def test_without_a_database_they_stay_as_they_are_and_cannot_be_changed(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana")
        await one.alerts.detach("It is away.")
        assert warning_at(one.alerts) == 6.0
        with pytest.raises(StorageError, match="cannot be used just now"):
            await one.alerts.set_preferences("error_rate", {"warning": 8.0}, "ana")
        with pytest.raises(StorageError, match="cannot be used just now"):
            await one.alerts.reset_preferences(None, "ana")
        assert (await one.alerts.set_preferences("error_rate", {"warning": "x"}, "ana")).keys() == {"warning"}
        assert warning_at(one.alerts) == 6.0


@pytest.mark.parametrize(
    ("rate", "limit", "expected"),
    [
        (3.0, 5.0, ""),
        (3.0, 2.0, "warning"),
        (12.0, 2.0, "critical"),
        (None, 2.0, "no_data"),
    ],
)
async def test_a_preview_says_whether_a_rule_would_be_firing_now(
    time: Time, database: Database, rate: float | None, limit: float, expected: str
) -> None:
    async with process(time, database) as one:
        await one.sees(rate)
        rule = error_rate(one.alerts)
        critical, warning = rule.levels
        tried = replace(rule, levels=(critical, replace(warning, at=limit)), for_seconds=600)
        assert one.alerts.firing_now(tried) == expected
        assert error_rate(one.alerts) == rule, "it is a preview"


async def test_a_preview_of_many_targets_tells_the_worst_of_them(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        assert one.alerts.firing_now(error_rate(one.alerts)) == "no_data"
        modules = {
            "graph": {"status": "degraded", "response_time_ms": 1.0},
            "search": {"status": "down", "response_time_ms": 1.0},
        }
        await one.sees(FINE, health={"status": "healthy", "modules": modules})
        rules = {rule.id: rule for rule in one.alerts.rules()}
        assert one.alerts.firing_now(rules["module_status"]) == "critical"
        assert one.alerts.firing_now(rules["module_response_time"]) == ""
