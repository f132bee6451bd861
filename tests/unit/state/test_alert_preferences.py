"""The dialog "Alert preferences" of a tab: what is typed is checked, kept, and saved all or nothing."""

from typing import Any

import pytest

from ops_dashboard.domain.views.alert_preferences import RuleRow
from ops_dashboard.state.alert_preferences import EVERY_RULE, AlertPreferencesState
from ops_dashboard.state.dialogs import DialogsState
from tests.unit.state.alert_service import FAILED, FakeAlerts
from tests.unit.state.tabs import Tabs, tab

State = AlertPreferencesState


def now(tabs: Tabs, var: str) -> Any:
    return tabs.values(State, var)[-1]


def rule(tabs: Tabs, rule_id: str = "error_rate") -> RuleRow:
    return next(row for row in now(tabs, "rows") if row.id == rule_id)


def field(tabs: Tabs, name: str, rule_id: str = "error_rate") -> tuple[str, str]:
    return next((f.text, f.problem) for f in rule(tabs, rule_id).fields if f.name == name)


async def test_the_dialog_opens_with_every_rule(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert len(now(tabs, "rows")) == len(alerts.rules())
        assert tabs.values(DialogsState, "open_dialog")[-1] == "preferences"


async def test_a_field_that_was_left_is_checked_and_previewed(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        await (await call(State.show()))
        assert rule(tabs).preview == "yes, warning"
        await (await call(State.type_in("error_rate", "warning", " 7 ")))
        assert (field(tabs, "warning"), rule(tabs).preview) == (("7", ""), "no")
        await (await call(State.type_in("error_rate", "warning", "lots")))
        assert field(tabs, "warning") == ("lots", "Must be a number, such as 7.5.")
        assert now(tabs, "is_changed")


async def test_what_is_typed_is_still_there_when_the_dialog_opens_again(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.type_in("error_rate", "warning", "lots"),
            State.switch("db_pool", False),
            State.close(False),
            State.show(),
        ):
            await (await call(handler))
        assert (field(tabs, "warning")[0], rule(tabs, "db_pool").enabled) == ("lots", False)
        await (await call(State.discard()))
        assert (field(tabs, "warning")[0], rule(tabs, "db_pool").enabled) == ("5", True)


async def test_all_changes_are_saved_together(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.switch("db_pool", False),
            State.type_in("error_rate", "critical", "12"),
            State.save({"alert-error_rate-warning": "7.5"}),
        ):
            await (await call(handler))
        assert alerts.preferences == {
            "error_rate": {"warning": 7.5, "critical": 12.0},
            "db_pool": {"enabled": False},
        }
        assert (now(tabs, "told").startswith("Saved."), now(tabs, "is_changed")) == (True, False)
        assert rule(tabs).custom


async def test_nothing_is_saved_while_anything_is_wrong(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.switch("db_pool", False),
            State.save({"alert-error_rate-warning": "500"}),
        ):
            await (await call(handler))
        assert alerts.preferences == {}
        assert now(tabs, "told") == "Nothing was saved. Please look at: Error rate."
        assert field(tabs, "warning")[0] == "500"


async def test_without_a_change_there_is_nothing_to_save(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (State.show(), State.save({})):
            await (await call(handler))
        assert now(tabs, "told") == "There is nothing to save."


async def test_what_could_not_be_saved_is_still_there_to_be_tried_again(alerts: FakeAlerts):
    alerts.is_broken = True
    async with tab() as (tabs, call):
        for handler in (State.show(), State.save({"alert-error_rate-warning": "7"})):
            await (await call(handler))
        assert now(tabs, "told") == f"Not everything was saved. {FAILED}"
        assert (field(tabs, "warning")[0], now(tabs, "is_changed")) == ("7", True)
        alerts.is_broken = False
        await (await call(State.save({})))
        assert alerts.preferences == {"error_rate": {"warning": 7.0}}


async def test_what_somebody_else_made_impossible_meanwhile_is_told(alerts: FakeAlerts, monkeypatch: Any):
    async with tab() as (tabs, call):
        await (await call(State.show()))
        before = alerts.rules()
        alerts.preferences["error_rate"] = {"critical": 6.0}
        monkeypatch.setattr(alerts, "rules", lambda: before)
        await (await call(State.save({"alert-error_rate-warning": "7"})))
        assert now(tabs, "told").startswith("Not everything was saved. Must be higher than")
        assert alerts.preferences == {"error_rate": {"critical": 6.0}}


@pytest.mark.parametrize("asked", ["error_rate", EVERY_RULE])
async def test_defaults_come_back_once_that_is_confirmed(alerts: FakeAlerts, asked: str):
    alerts.preferences["error_rate"] = {"warning": 7.0}
    async with tab() as (tabs, call):
        for handler in (State.show(), State.type_in("error_rate", "critical", "x"), State.ask_reset(asked)):
            await (await call(handler))
        assert (now(tabs, "resetting"), alerts.resets) == (asked, [])
        edition = now(tabs, "edition")
        await (await call(State.reset_asked()))
        assert alerts.resets == [None if asked == EVERY_RULE else asked]
        assert (field(tabs, "warning")[0], field(tabs, "critical")[0]) == ("5", "10")
        assert now(tabs, "edition") == edition + 1


async def test_without_the_confirmation_everything_stays(alerts: FakeAlerts):
    alerts.preferences["error_rate"] = {"warning": 7.0}
    async with tab() as (_, call):
        for handler in (
            State.show(),
            State.ask_reset("error_rate"),
            State.cancel_reset(False),
            State.reset_asked(),
        ):
            await (await call(handler))
    assert alerts.resets == []


async def test_what_is_as_it_was_made_needs_no_reset(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (State.show(), State.ask_reset("error_rate"), State.ask_reset(EVERY_RULE)):
            await (await call(handler))
        assert not any(tabs.values(State, "resetting"))


@pytest.mark.parametrize("bad", [None, 3, "", "gone", [], {}, "x" * 100_000], ids=lambda bad: repr(bad)[:12])
async def test_what_is_no_rule_or_field_changes_nothing(alerts: FakeAlerts, bad: Any):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.type_in(bad, "warning", "7"),
            State.type_in("error_rate", bad, "7"),
            State.switch(bad, False),
            State.ask_reset(bad),
            State.save(bad),
        ):
            await (await call(handler))
        assert not any(row.changed for row in now(tabs, "rows"))
    assert (alerts.preferences, alerts.resets) == ({}, [])


async def test_what_is_no_text_and_no_switch_changes_nothing(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (
            State.show(),
            State.type_in("error_rate", "warning", 7),  # pyright: ignore[reportArgumentType]
            State.switch("error_rate", "off"),  # pyright: ignore[reportArgumentType]
            State.save({"alert-error_rate-warning": ["7"], "alert-db_pool-warning": None}),
        ):
            await (await call(handler))
        assert not any(row.changed for row in now(tabs, "rows"))


async def test_a_very_long_text_is_cut_before_it_is_kept(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for handler in (State.show(), State.type_in("error_rate", "warning", "9" * 100_000)):
            await (await call(handler))
        text, problem = field(tabs, "warning")
        assert len(text) <= 100
        assert problem


async def test_two_tabs_do_not_share_what_is_typed():
    one, other = (State.get_root_state()(_reflex_internal_init=True) for _ in range(2))  # pyright: ignore[reportCallIssue]
    path = State.get_full_name().split(".")
    assert one.get_substate(path)._drafts is not other.get_substate(path)._drafts  # pyright: ignore[reportAttributeAccessIssue]
