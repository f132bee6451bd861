"""Looking for incidents: filters, search, pages and their order, on every kind of database."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import acknowledge, dismiss, snooze
from ops_dashboard.domain.alerts.history import Filter, HistoryState
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from tests.integration.storage.alerts import BACKEND, opened, renamed, save
from tests.unit.domain.alerts.play import CURT, START, Play

MINUTE = 60.0


@pytest.fixture
async def store(database: Database) -> IncidentStore:
    """Five incidents, a minute apart; "new" is the newest."""
    store = IncidentStore(database)
    plays = [
        opened(name, CURT, value, START + minute * MINUTE)
        for minute, (name, value) in enumerate(
            [("over", 20.0), ("dismissed", 6.0), ("snoozed", 6.0), ("taken", 12.0), ("new", 6.0)]
        )
    ]
    over, dismissed, snoozed, taken, _ = plays
    over.does(acknowledge(over.state, over.now, "Zoë"))
    over.sees_all([6.0, 3.0, 3.0], every=10.0)  # resolved, as a warning, 20 s after it opened
    dismissed.does(dismiss(dismissed.state, dismissed.now, "ben"))
    snoozed.does(snooze(snoozed.state, snoozed.now, "ben", snoozed.now + 900))
    taken.does(acknowledge(taken.state, taken.now, "ana", "100% sure: STRASSE_1 is \\\\ down"))
    await save(store, *plays)
    return store


async def names(store: IncidentStore, wanted: Filter, offset: int = 0, limit: int = 100) -> list[str]:
    return [row.target for row in (await store.history(BACKEND, wanted, offset, limit)).rows]


async def test_without_a_filter_all_are_shown_newest_first(store: IncidentStore) -> None:
    assert await names(store, Filter()) == ["new", "taken", "snoozed", "dismissed", "over"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("open",), ["new", "taken", "snoozed", "dismissed"]),
        (("acknowledged",), ["taken"]),
        (("snoozed",), ["snoozed"]),
        (("dismissed",), ["dismissed"]),
        (("resolved",), ["over"]),
        (("resolved", "acknowledged"), ["taken", "over"]),
        (("open", "resolved"), ["new", "taken", "snoozed", "dismissed", "over"]),
    ],
)
async def test_by_state(store: IncidentStore, states: tuple[HistoryState, ...], expected: list[str]) -> None:
    assert await names(store, Filter(states=states)) == expected


async def test_by_the_worst_severity_that_was_reached(store: IncidentStore) -> None:
    assert await names(store, Filter(severities=(Severity.CRITICAL,))) == ["taken", "over"]
    assert await names(store, Filter(severities=(Severity.WARNING,))) == ["new", "snoozed", "dismissed"]
    assert await names(store, Filter(severities=(Severity.INFO,))) == []
    assert len(await names(store, Filter(severities=tuple(Severity)))) == 5


async def test_by_rule_and_target(store: IncidentStore) -> None:
    other = renamed(opened(now=START + 999), Key("queue", "new"))
    await save(store, other)
    assert await names(store, Filter(rule_ids=("queue",))) == ["new"]
    assert len(await names(store, Filter(rule_ids=("queue", "errors")))) == 6
    assert len(await names(store, Filter(targets=("new",)))) == 2
    assert await names(store, Filter(rule_ids=("errors",), targets=("new", "over"))) == ["new", "over"]
    assert await names(store, Filter(rule_ids=("none",))) == []


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (START + 20, None, ["new", "taken", "snoozed", "dismissed", "over"]),
        (START + 21, None, ["new", "taken", "snoozed", "dismissed"]),
        (None, START - 1, []),
        (None, START, ["over"]),
        (START + 21, START + 60, ["dismissed"]),
        (START + 5, START + 6, ["over"]),
        (float("-inf"), float("inf"), ["new", "taken", "snoozed", "dismissed", "over"]),
    ],
)
async def test_by_when_it_was_open(
    store: IncidentStore, since: float | None, until: float | None, expected: list[str]
) -> None:
    assert await names(store, Filter(since=since, until=until)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAKEN", ["taken"]),
        ("ana", ["taken"]),
        ("ZOË", ["over"]),
        ("straße", ["taken"]),
        ("sure ana", ["taken"]),
        ("sure zoë", []),
        ("error rate", ["new", "taken", "snoozed", "dismissed", "over"]),
        ("20 %", ["over"]),
        ("  ", ["new", "taken", "snoozed", "dismissed", "over"]),
        ("s_o", []),
        ("ta%n", []),
        ("strasse_1", ["taken"]),
        ("strasse%1", []),
        ("100%", ["taken"]),
        ("\\\\", ["taken"]),
        ("/", []),
        ("'; --", []),
        ("\x00", ["new", "taken", "snoozed", "dismissed", "over"]),
        ("x" * 1_000_000, []),
    ],
)
async def test_by_words_in_which_nothing_is_a_wildcard(
    store: IncidentStore, text: str, expected: list[str]
) -> None:
    assert await names(store, Filter(text=text)) == expected


async def test_every_field_that_is_set_must_be_met(store: IncidentStore) -> None:
    wanted = Filter(
        (Severity.CRITICAL,), ("open",), ("errors",), ("taken", "over"), "ana", START, START + 999
    )
    assert await names(store, wanted) == ["taken"]
    for other in (
        replace(wanted, severities=(Severity.WARNING,)),
        replace(wanted, states=("snoozed",)),
        replace(wanted, rule_ids=("queue",)),
        replace(wanted, targets=("over",)),
        replace(wanted, text="ben"),
        replace(wanted, until=START),
    ):
        assert await names(store, other) == []


async def test_pages_show_each_incident_once_whatever_opened_together(database: Database) -> None:
    store = IncidentStore(database)
    plays = [opened(f"{number:02}") for number in range(30)]
    ids = await save(store, *plays)
    pages = [await store.history(BACKEND, Filter(), offset, 7) for offset in range(0, 35, 7)]
    assert [page.total for page in pages] == [30] * 5
    assert [len(page.rows) for page in pages] == [7, 7, 7, 7, 2]
    assert [row.id for page in pages for row in page.rows] == sorted(ids.values(), reverse=True)
    assert (await store.history(BACKEND, Filter(), 30, 7)).rows == ()
    assert (await store.history(BACKEND, Filter(text="07"), 0, 0)).total == 1


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (0, -1), (2**63, 1), (0, 2**63)])
async def test_a_page_that_cannot_be_is_refused(store: IncidentStore, offset: int, limit: int) -> None:
    with pytest.raises(ValueError, match="a page begins at 0"):
        await store.history(BACKEND, Filter(), offset, limit)


async def test_the_recent_ones_are_those_open_after_a_moment_oldest_first(store: IncidentStore) -> None:
    async def recent(after: float) -> list[str]:
        return [row.target for row in await store.recent(BACKEND, after)]

    assert await recent(START) == ["over", "dismissed", "snoozed", "taken", "new"]
    assert await recent(START + 21) == ["dismissed", "snoozed", "taken", "new"]
    assert await store.recent("other", START) == ()


async def test_a_note_is_found_once_it_is_given(store: IncidentStore) -> None:
    one: Play = opened("late", now=START + 999)
    await save(store, one)
    assert await names(store, Filter(text="reindex")) == []
    state, events = acknowledge(one.state, one.now, "ana", "Reindex is running")
    await store.save(BACKEND, Changes({state.key: state}, events))
    assert await names(store, Filter(text="reindex")) == ["late"]
