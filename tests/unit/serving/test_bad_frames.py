"""What a client sends is reported in a line, what fails here with its traceback."""

import logging
import sys
from collections.abc import Callable

from ops_dashboard.domain.text import clean
from ops_dashboard.serving.bad_frames import BadFrames


def reported(name: str, fails: Callable[[], object]) -> logging.LogRecord:
    record = None
    try:
        fails()
    except Exception:  # noqa: BLE001 - what is tested is the report of any
        record = logging.LogRecord(name, logging.ERROR, "", 0, "async handler error", (), sys.exc_info())
    assert record is not None
    assert BadFrames().filter(record)
    return record


def test_a_frame_that_cannot_be_read_is_one_line():
    record = reported("engineio.server", lambda: int("x"))
    assert (record.getMessage(), record.levelname, record.exc_info) == (
        "websocket frame refused",
        "WARNING",
        None,
    )
    assert vars(record)["why"] == "ValueError"


def test_a_failure_of_the_app_keeps_its_traceback():
    record = reported("engineio.server", lambda: clean(None))  # pyright: ignore[reportArgumentType]
    assert (record.getMessage(), record.levelname) == ("async handler error", "ERROR")
    assert record.exc_info


def test_other_loggers_are_left_alone():
    assert reported("ops_dashboard.monitor", lambda: int("x")).exc_info
