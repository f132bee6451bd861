"""Alerts are counted as they stand, and incidents as they open."""

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.storage.database import Database
from tests.unit.monitor.deployment import CRITICAL, FINE, WARNING, Process, Time, process


def open_now(one: Process) -> dict[tuple[Severity, Handled], int]:
    """Those of which there are any."""
    assert one.alerts.tally.open is not None
    assert len(one.alerts.tally.open) == len(Severity) * len(Handled)
    return {how: count for how, count in one.alerts.tally.open.items() if count}


async def test_nothing_is_known_before_the_first_judgement(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        assert one.alerts.tally.open is None
        await one.sees(FINE)
        assert open_now(one) == {}


async def test_an_alert_is_counted_by_its_severity_and_by_what_was_done_about_it(
    time: Time, database: Database
) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING)
        assert open_now(one) == {(Severity.WARNING, Handled.NEW): 1}
        await one.act("acknowledge")
        assert open_now(one) == {(Severity.WARNING, Handled.ACKNOWLEDGED): 1}
        await one.sees(CRITICAL)
        assert open_now(one) == {(Severity.CRITICAL, Handled.NEW): 1}
        await one.sees(*[FINE] * 10)
        await one.sees(FINE, after=61)
        assert open_now(one) == {}


async def test_incidents_are_counted_where_they_open_and_once_only(time: Time, database: Database) -> None:
    async with process(time, database) as one:
        await one.sees(WARNING, CRITICAL, WARNING)
        assert one.alerts.tally.opened == {
            Severity.CRITICAL: 0,
            Severity.WARNING: 1,
            Severity.INFO: 0,
        }
    async with process(time, database) as two:
        await two.sees(WARNING)
        assert open_now(two).keys() == {(Severity.WARNING, Handled.NEW)}
        assert set(two.alerts.tally.opened.values()) == {0}, "it was open before this process began"
