"""What a tab's operator can do about alerts; everything comes from a browser, so nothing is taken on trust."""

from typing import Any

import pytest

from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup, AlertsView
from ops_dashboard.monitor.alert_answers import Answer
from ops_dashboard.state.alert_actions import SNOOZES
from ops_dashboard.state.alert_note import AlertNoteState
from ops_dashboard.state.alerts import AlertsState
from tests.snapshots import NOW
from tests.unit.state.alert_service import FAILED, FakeAlerts
from tests.unit.state.tabs import tab

KEY = "error_rate|"
HOSTILE: list[Any] = [None, True, -1, 1.5, "", "x" * 100_000, [], {}, ["a"], {"a": 1}]


async def outcome_of(handler: Any) -> Any:
    """What the tab is told."""
    async with tab() as (tabs, call):
        await (await call(handler))
        return await tabs.until(AlertsState, "outcome", lambda outcome: outcome.sentence)


async def done(*handlers: Any) -> None:
    async with tab() as (_, call):
        for handler in handlers:
            await (await call(handler))


async def test_an_alert_is_acknowledged_with_a_note(alerts: FakeAlerts):
    outcome = await outcome_of(AlertsState.acknowledge(KEY, 7, "re-index running"))
    assert alerts.acted == [("acknowledge", KEY, 7, "re-index running", 0.0)]
    assert (outcome.sentence, outcome.offer) == ("Done.", "")


@pytest.mark.parametrize(("choice", "seconds"), SNOOZES.items())
async def test_a_snooze_ends_so_much_later(alerts: FakeAlerts, choice: str, seconds: float):
    await outcome_of(AlertsState.snooze(KEY, 7, choice, "known"))
    assert alerts.acted == [("snooze", KEY, 7, "known", NOW + seconds)]


async def test_a_snooze_until_the_end_is_a_dismissal(alerts: FakeAlerts):
    outcome = await outcome_of(AlertsState.snooze(KEY, 7, "resolved", "known"))
    assert alerts.acted == [("dismiss", KEY, 7, "known", 0.0)]
    assert outcome.offer == "undo"


async def test_a_snooze_can_be_ended(alerts: FakeAlerts):
    await outcome_of(AlertsState.unsnooze(KEY, 7))
    assert alerts.acted == [("unsnooze", KEY, 7, "", 0.0)]


async def test_a_dismissal_can_be_undone_and_done_again(alerts: FakeAlerts):
    outcome = await outcome_of(AlertsState.dismiss(KEY, 7))
    assert (outcome.offer, outcome.key, outcome.incident) == ("undo", KEY, 7)
    outcome = await outcome_of(AlertsState.restore(KEY, 7))
    assert (outcome.offer, outcome.key, outcome.incident) == ("redo", KEY, 7)


async def test_who_came_second_is_told_so_and_offered_nothing(alerts: FakeAlerts):
    alerts.answer = Answer(False, "Already dismissed by ana.")
    outcome = await outcome_of(AlertsState.dismiss(KEY, 7))
    assert (outcome.sentence, outcome.offer) == ("Already dismissed by ana.", "")


async def test_a_broken_database_is_told_in_its_own_words(alerts: FakeAlerts):
    alerts.is_broken = True
    outcome = await outcome_of(AlertsState.acknowledge(KEY, 7, ""))
    assert outcome.sentence == f"This could not be done. {FAILED}"


async def test_the_same_sentence_is_told_twice(alerts: FakeAlerts):
    async with tab() as (tabs, call):
        for times in (1, 2):
            await (await call(AlertsState.acknowledge(KEY, 7, "")))
            await tabs.until(AlertsState, "told", lambda told, times=times: told == times)


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:12])
async def test_what_is_no_alert_changes_nothing(alerts: FakeAlerts, bad: Any):
    await done(AlertsState.dismiss(bad, 7), AlertsState.acknowledge(bad, 7, ""))
    incident: Any = bad
    await done(
        *(act(KEY, incident) for act in (AlertsState.dismiss, AlertsState.unsnooze, AlertsState.restore))
    )
    assert alerts.acted == []


@pytest.mark.parametrize("bad", [None, 1, "15 m", "", "5m", [], {"15m": 1}], ids=repr)
async def test_what_is_no_length_of_a_snooze_changes_nothing(alerts: FakeAlerts, bad: Any):
    await done(AlertsState.snooze(KEY, 7, bad, ""))
    assert alerts.acted == []


async def test_a_note_is_kept_on_one_line_and_cut(alerts: FakeAlerts):
    await done(
        AlertsState.acknowledge(KEY, 7, "a\n\x00b" + "x" * 100_000),
        AlertsState.acknowledge(KEY, 7, ["no"]),  # pyright: ignore[reportArgumentType]
    )
    ((_, _, _, note, _),) = alerts.acted
    assert note.startswith("a b")
    assert len(note) <= 300


async def test_whether_a_link_is_copied_is_told(alerts: FakeAlerts):
    assert "is copied" in (await outcome_of(AlertsState.tell_copied(True))).sentence
    assert "did not" in (await outcome_of(AlertsState.tell_copied(False))).sentence


def made(rows: tuple[AlertRow, ...]) -> Any:
    root: Any = AlertsState.get_root_state()(_reflex_internal_init=True)
    state = root.get_substate(AlertsState.get_full_name().split("."))
    state.view = AlertsView(groups=(AlertGroup(key="slow", rows=rows),))
    return root, state


def test_an_alert_is_found_by_its_key_among_those_shown():
    _, state = made((AlertRow(id=3, key="slow|a"),))
    assert state._row("slow|a").id == 3
    assert [state._row(key) for key in ("slow|b", "", None, [])] == [None] * 4


async def test_a_whole_group_is_acknowledged_but_for_what_is_handled(alerts: FakeAlerts, view: AlertsView):
    async with tab() as (tabs, call):
        await (await call(AlertsState.acknowledge_group("slow")))
        await (await call(AlertsState.acknowledge_group("another")))
        told = [outcome.sentence for outcome in tabs.values(AlertsState, "outcome") if outcome.sentence]
    assert alerts.acknowledged == [[("slow|a", 1), ("slow|b", 2)]]
    assert told == ["Done."]


async def test_of_a_group_that_cannot_be_acknowledged_it_is_told_why(alerts: FakeAlerts, view: AlertsView):
    alerts.is_broken = True
    async with tab() as (tabs, call):
        await (await call(AlertsState.acknowledge_group("slow")))
        outcome = tabs.values(AlertsState, "outcome")[-1]
    assert outcome.sentence == f"This could not be done. {FAILED}"


async def test_the_form_does_what_is_chosen_with_its_note(alerts: FakeAlerts, view: AlertsView):
    async with tab() as (tabs, call):
        await (await call(AlertNoteState.ask("slow|a", "1h")))
        assert (await tabs.until(AlertNoteState, "asked", lambda row: row.key)).id == 1
        await (await call(AlertNoteState.submit({"note": "known"})))
        await (await call(AlertNoteState.ask("slow|b", "acknowledge")))
        await (await call(AlertNoteState.submit({"note": "on it"})))
    assert alerts.acted == [
        ("snooze", "slow|a", 1, "known", NOW + 3600.0),
        ("acknowledge", "slow|b", 2, "on it", 0.0),
    ]


async def test_a_form_that_was_not_asked_for_does_nothing(alerts: FakeAlerts, view: AlertsView):
    await done(
        AlertNoteState.submit({"note": "x"}), AlertNoteState.ask("gone|", "1h"), AlertNoteState.submit({})
    )
    await done(AlertNoteState.ask("slow|a", "1h"), AlertNoteState.close(False), AlertNoteState.submit({}))
    assert alerts.acted == []


@pytest.mark.parametrize("bad", [None, "5m", 3, [], {}], ids=repr)
async def test_the_form_keeps_its_choice_when_another_word_comes(
    alerts: FakeAlerts, view: AlertsView, bad: Any
):
    await done(
        AlertNoteState.ask("slow|a", "4h"),
        AlertNoteState.choose(bad),
        AlertNoteState.submit({"note": ["no text"]}),
    )
    assert alerts.acted == []
    await done(AlertNoteState.ask("slow|a", "4h"), AlertNoteState.choose(bad), AlertNoteState.submit({}))
    assert alerts.acted == [("snooze", "slow|a", 1, "", NOW + SNOOZES["4h"])]


async def test_the_form_changes_the_note_that_it_showed(alerts: FakeAlerts, view: AlertsView):
    async with tab() as (tabs, call):
        await (await call(AlertNoteState.ask("slow|c", "note")))
        assert (await tabs.until(AlertNoteState, "asked", lambda row: row.key)).note == "looking"
        await (await call(AlertNoteState.submit({"note": "restarted\n" + "x" * 1_000})))
        assert (await tabs.until(AlertsState, "outcome", lambda outcome: outcome.sentence)).done
        assert tabs.values(AlertNoteState, "asked")[-1].key == ""
    ((action, key, incident, note, _),) = alerts.acted
    assert (action, key, incident, alerts.seen) == ("note", "slow|c", 3, "looking")
    assert note.startswith("restarted x")
    assert len(note) <= 300


async def test_a_note_that_is_refused_leaves_the_form_open_and_says_why(alerts: FakeAlerts, view: AlertsView):
    alerts.answer = Answer(False, "Somebody changed the note meanwhile.")
    async with tab() as (tabs, call):
        await (await call(AlertNoteState.ask("slow|c", "note")))
        await (await call(AlertNoteState.submit({"note": "restarted"})))
        problem = await tabs.until(AlertNoteState, "problem", lambda problem: problem)
        assert tabs.values(AlertNoteState, "asked")[-1].key == "slow|c"
        await (await call(AlertNoteState.ask("slow|c", "note")))
        assert tabs.values(AlertNoteState, "problem")[-1] == ""
    assert problem == "Somebody changed the note meanwhile."


async def test_the_note_that_somebody_else_wrote_meanwhile_is_shown_and_can_be_replaced(
    alerts: FakeAlerts, view: AlertsView, monkeypatch: pytest.MonkeyPatch
):
    async with tab() as (tabs, call):
        await (await call(AlertNoteState.ask("slow|c", "note")))
        monkeypatch.setattr(AlertsState, "_row", lambda *_: AlertRow(id=3, key="slow|c", note="theirs"))
        alerts.answer = Answer(False, "Somebody changed the note meanwhile.")
        await (await call(AlertNoteState.submit({"note": "mine"})))
        problem = await tabs.until(AlertNoteState, "problem", lambda problem: problem)
        assert (
            problem == "Somebody changed the note meanwhile. It is now: “theirs”. Save again to replace it."
        )
        alerts.answer = Answer(True, "Done.")
        await (await call(AlertNoteState.submit({"note": "mine"})))
    assert alerts.seen == "theirs"


@pytest.mark.parametrize("form", [{"note": ["no text"]}, {"note": None}, {}, [], "x"], ids=repr)
async def test_what_is_no_note_changes_none(alerts: FakeAlerts, view: AlertsView, form: Any):
    await done(AlertNoteState.ask("slow|c", "note"), AlertNoteState.submit(form))
    assert alerts.acted == []
