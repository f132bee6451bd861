"""Log lines."""

import logging
import re

import pytest

from ops_dashboard.serving.logs import LogfmtFormatter, configure_logging


def line(message: str, *args: object, exc_info: bool = False, **fields: object) -> str:
    logger = logging.getLogger("ops_dashboard.test")
    info = None
    if exc_info:
        try:
            raise ValueError("bad\nnews")
        except ValueError as error:
            info = (type(error), error, error.__traceback__)
    record = logger.makeRecord(logger.name, logging.WARNING, "f", 1, message, args, info, extra=fields)
    record.created = 1_767_312_000.25
    return LogfmtFormatter().format(record)


def test_a_line_holds_time_level_logger_event_and_fields() -> None:
    assert line("source failed", source="health", seconds=1.5) == (
        "time=2026-01-02T00:00:00.250Z level=warning logger=ops_dashboard.test "
        'event="source failed" source=health seconds=1.5'
    )


@pytest.mark.parametrize(
    "hostile", ["a\nlevel=error", 'say "x"', "a\r\nb", "x=y z", "\x1b[31m", "", "\u2028"]
)
def test_no_value_can_begin_a_line_or_a_field_of_its_own(hostile: str) -> None:
    printed = line("%s", hostile, name_=hostile)
    assert len(printed.splitlines()) == 1
    assert re.fullmatch(
        r'time=\S+ level=warning logger=\S+ event="(\\.|[^"\\])*" name_="(\\.|[^"\\])*"', printed
    )


def test_a_traceback_stays_on_the_line() -> None:
    printed = line("failed", exc_info=True)
    assert len(printed.splitlines()) == 1
    assert 'traceback="Traceback (most recent call last):\\n' in printed
    assert "ValueError: bad\\nnews" in printed


@pytest.mark.parametrize(
    ("level", "quiet"), [("debug", "warning"), ("warning", "warning"), ("error", "error")]
)
def test_frameworks_report_only_what_goes_wrong(level: str, quiet: str) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        configure_logging(level)
        assert logging.getLogger("ops_dashboard").getEffectiveLevel() == logging.getLevelName(level.upper())
        assert logging.getLogger("uvicorn").level == logging.getLevelName(quiet.upper())
    finally:
        root.handlers[:], level_before = before[0], before[1]
        root.setLevel(level_before)
