"""Log lines."""

import io
import logging
import re
import sys
import uuid

import pytest

from ops_dashboard.serving.log_limit import MOST_LINES, SPAN_SECONDS, LogLimit
from ops_dashboard.serving.logs import LONGEST_LINE, BoundedHandler, LogfmtFormatter, configure_logging
from tests.unit.access.clock import Clock


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


def test_a_traceback_is_the_calls_and_what_was_raised() -> None:
    printed = line("failed", exc_info=True)
    assert len(printed.splitlines()) == 1
    assert re.search(r'traceback="serving/test_logs.py:\d+ line > ValueError: bad\\nnews"', printed)


@pytest.mark.parametrize("char", ["x", " ", "\x00", "é", "\U0001f600", '"', "\n"])
@pytest.mark.parametrize("size", [1, 260, 499, 5_000, 900_000])
def test_a_line_is_never_longer_than_500_characters(char: str, size: int) -> None:
    try:
        raise ValueError(char * size)
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", 30, "f", 1, "%s", (char * size,), sys.exc_info(), extra={"a": char * size, "b": char * size}
        )
    printed = LogfmtFormatter().format(record)
    assert len(printed) <= LONGEST_LINE
    assert re.fullmatch(r'[^"\n]*(?:"(?:\\.|[^"\\])*"[^"\n]*)*', printed), "each quotation ends"
    assert "ValueError" in printed or "traceback" in printed


def test_the_token_of_a_tab_is_not_logged() -> None:
    token = str(uuid.uuid4())
    printed = line("no client for %r", token, tab=f"{token}_state")
    assert token not in printed
    assert printed.count("[tab]") == 2


def test_each_cause_has_ten_lines_a_minute() -> None:
    clock, stream = Clock(), io.StringIO()
    handler = BoundedHandler(stream, clock)
    for number in range(5_000):
        handler.handle(
            logging.makeLogRecord({"name": "lib", "pathname": "a", "lineno": 1, "msg": f"bad {number}"})
        )
    handler.handle(logging.makeLogRecord({"name": "lib", "pathname": "a", "lineno": 2, "msg": "other"}))
    assert len(stream.getvalue().splitlines()) == MOST_LINES + 1
    clock.wait(SPAN_SECONDS)
    handler.handle(logging.makeLogRecord({"name": "lib", "pathname": "a", "lineno": 2, "msg": "other"}))
    told = stream.getvalue().splitlines()[-2:]
    assert f"{5_000 - MOST_LINES} more lines of one cause" in told[0]
    assert "event=other" in told[1]


def test_dropped_lines_are_told_at_the_end() -> None:
    stream = io.StringIO()
    handler = BoundedHandler(stream, Clock())
    for _ in range(MOST_LINES + 3):
        handler.handle(logging.makeLogRecord({"name": "lib", "msg": "bad"}))
    handler.close()
    assert "3 more lines of one cause" in stream.getvalue()


def test_each_source_of_the_backend_is_a_cause_of_its_own() -> None:
    stream = io.StringIO()
    handler = BoundedHandler(stream, Clock())
    for number in range(MOST_LINES + 5):
        values = {"name": "ops_dashboard.monitor", "msg": "source failed", "source": f"source {number}"}
        handler.handle(logging.makeLogRecord(values))
    assert len(stream.getvalue().splitlines()) == MOST_LINES + 5


def test_the_number_of_causes_is_bounded() -> None:
    limit = LogLimit(Clock())
    assert sum(limit.takes(cause) for cause in range(50_000)) <= 1_000 + MOST_LINES


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
