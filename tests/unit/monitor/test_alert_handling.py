"""What operators do about alerts and their rules leaves a row each, whatever comes of it."""

import asyncio

import pytest

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.monitor.alert_handling import LIMIT, AlertHandling
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError
from tests.unit.monitor.deployment import CRITICAL, ERRORS, NOW, WARNING, Process, Time, process, until

FAILED = "The disk is full."


def handling_of(one: Process) -> tuple[AlertHandling, list[AuditEntry]]:
    rows: list[AuditEntry] = []
    return AlertHandling(one.alerts, lambda: NOW, rows.append), rows


def said(row: AuditEntry) -> tuple[str, str, str, str, str]:
    return row.by, row.action, row.target, row.outcome, row.sentence


async def test_each_way_to_handle_an_alert_is_one_row(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        handling, rows = handling_of(one)
        incident = one.row().id
        await handling.act("acknowledge", ERRORS, incident, "ana", note="on it")
        await handling.act("snooze", ERRORS, incident, "ben", until=time.now + 900.0, note="known")
        await handling.act("unsnooze", ERRORS, incident, "ben")
        await handling.act("dismiss", ERRORS, incident, "eve")
        await handling.act("restore", ERRORS, incident, "eve")
    assert [said(row)[:4] for row in rows] == [
        ("ana", "acknowledge", "Error rate", "done"),
        ("ben", "snooze", "Error rate", "done"),
        ("ben", "unsnooze", "Error rate", "done"),
        ("eve", "dismiss", "Error rate", "done"),
        ("eve", "restore", "Error rate", "done"),
    ]
    assert rows[0].sentence == "Error rate: acknowledged. Note: on it"
    assert rows[1].sentence.startswith("Error rate: snoozed. Until 20")
    assert rows[1].sentence.endswith(" UTC. Note: known")
    assert {row.at for row in rows} == {NOW}


async def test_the_second_of_two_and_one_too_late_are_refused(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        handling, rows = handling_of(one)
        for by in ("ana", "ben"):
            await handling.act("acknowledge", ERRORS, one.row().id, by)
        await handling.act("dismiss", "no_such_rule|x", 1, "ben")
    assert said(rows[1]) == (
        *("ben", "acknowledge", "Error rate", "refused", "Already acknowledged by ana."),
    )
    assert said(rows[2])[2:4] == ("no_such_rule x", "refused")


async def test_all_acknowledged_at_once_are_one_row_that_names_some_and_counts_all(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(CRITICAL)
        handling, rows = handling_of(one)
        shown = [(ERRORS, one.row().id), *((f"module_slow|m{number}", 0) for number in range(7))]
        await handling.acknowledge_all(shown, "ana")
        await handling.acknowledge_all(shown, "ben")
    first, second = rows
    assert said(first)[:2] == ("ana", "acknowledge_all")
    assert first.target.startswith("Error rate, ")
    assert first.target.endswith(" m3 and 3 more")
    assert (first.outcome, second.outcome) == ("done", "refused")
    assert first.sentence.startswith("1 of 8 alerts acknowledged.")


async def test_more_in_a_minute_than_hands_can_do_is_refused_until_later(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        handling, rows = handling_of(one)
        incident = one.row().id
        for _ in range(LIMIT.most):
            await handling.act("acknowledge", ERRORS, incident, "ana")
        answer = await handling.act("dismiss", ERRORS, incident, "ana")
        assert not answer.done and answer.sentence.startswith("Nothing was done: more than 120 in 60 s")
        assert answer.sentence == (await handling.acknowledge_all([(ERRORS, incident)], "ana")).sentence
        rule = one.alerts.rules()[0]
        assert await handling.set_preferences(rule.id, {"enabled": False}, "ana") == {
            rule.id: answer.sentence
        }
        assert await handling.reset_preferences(None, "ana") == answer.sentence
        assert one.alerts.rules()[0] == rule
    assert [row.outcome for row in rows[-4:]] == ["refused"] * 4


async def test_a_changed_rule_says_from_what_to_what(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        handling, rows = handling_of(one)
        await one.alerts.attach(database)
        await handling.set_preferences("error_rate", {"warning": 6.0, "for_seconds": "60"}, "ana")
        await handling.set_preferences("error_rate", {"enabled": False}, "ana")
        await handling.set_preferences("error_rate", {"warning": "lots"}, "ana")
        await handling.reset_preferences("error_rate", "ben")
        await handling.reset_preferences(None, "ben")
    assert [said(row)[1:] for row in rows] == [
        ("change_rule", "Error rate", "done", "Warning above 5 → 6 %, For at least 0 → 60 s."),
        ("change_rule", "Error rate", "done", "switched off."),
        ("change_rule", "Error rate", "refused", "Must be a number, such as 7.5."),
        (
            "reset_rule",
            "Error rate",
            "done",
            "switched on, Warning above 6 → 5 %, For at least 60 → 0 s.",
        ),
        ("reset_rule", "all rules", "done", "Nothing had to be changed."),
    ]


async def test_all_rules_set_back_are_named_with_what_changed(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        handling, rows = handling_of(one)
        await handling.set_preferences("error_rate", {"warning": 6.0}, "ana")
        await handling.set_preferences("db_pool", {"enabled": False}, "ana")
        await handling.reset_preferences(None, "ben")
    assert "Error rate: Warning above 6 → 5 %" in rows[-1].sentence
    assert "switched on" in rows[-1].sentence


@pytest.mark.parametrize("method", ["act", "acknowledge_all", "set_preferences", "reset_preferences"])
async def test_what_the_database_did_not_let_be_is_a_row_and_still_an_error(
    time: Time, database: Database, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    async def failing(*_: object) -> None:
        raise StorageError(FAILED)

    asked = {
        "act": ("acknowledge", ERRORS, 1, "ana"),
        "acknowledge_all": ([(ERRORS, 1)], "ana"),
        "set_preferences": ("error_rate", {}, "ana"),
        "reset_preferences": ("error_rate", "ana"),
    }
    monkeypatch.setattr(Alerts, method, failing)
    async with process(time, database) as one:
        handling, rows = handling_of(one)
        with pytest.raises(StorageError, match=FAILED):
            await getattr(handling, method)(*asked[method])
    (row,) = rows
    assert (row.by, row.target, row.outcome, row.sentence) == ("ana", "Error rate", "failed", FAILED)


async def test_a_tab_that_is_closed_meanwhile_leaves_its_row(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        handling, rows = handling_of(one)
        task = asyncio.create_task(handling.act("acknowledge", ERRORS, one.row().id, "ana"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: rows)
        assert one.row().handled == "acknowledged"
    assert [row.outcome for row in rows] == ["done"]


async def test_a_note_changed_later_is_a_row_with_its_words(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        handling, rows = handling_of(one)
        incident = one.row().id
        await handling.act("acknowledge", ERRORS, incident, "ana")
        await handling.act("note", ERRORS, incident, "ben", note="restarted search")
        await handling.act("note", ERRORS, incident, "eve", note="mine")
        await handling.act("note", ERRORS, incident, "ben", seen="restarted search")
    assert [said(row) for row in rows[1:]] == [
        ("ben", "note", "Error rate", "done", "Error rate: note saved. Note: restarted search"),
        *(("eve", "note", "Error rate", "refused", "Somebody changed the note meanwhile. Note: mine"),),
        ("ben", "note", "Error rate", "done", "Error rate: note removed."),
    ]
