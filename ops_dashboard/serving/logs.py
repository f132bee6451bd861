"""Log lines: one event, one line, as key=value pairs on standard error; bounded, as others may cause them."""

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Any, TextIO

from ops_dashboard.serving.bad_frames import BadFrames
from ops_dashboard.serving.log_limit import LogLimit

LONGEST_LINE = 500
"""Characters of a line, without its end."""
_LONGEST_EVENT = 250
_LONGEST_FIELD = 150
_SHORTEST_TRACEBACK = 180
_SHORTEST_VALUE = 12
"""With less room a field is left out."""
_LONGEST_QUOTED = 12
"""Characters that one may need within quotation marks."""
_MOST_FRAMES = 8
_BARE = re.compile(r"[\w.:/@+-]+", re.ASCII)
_TAB = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""The token of a tab: who knows it can follow that tab."""
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
# Frameworks report what they do; only what goes wrong in them is of interest.
_QUIET = (
    "reflex",
    "uvicorn",
    "httpx",
    "httpcore",
    "engineio",
    "socketio",
    # Named in full: these would else be given a way of their own to standard error.
    "engineio.server",
    "socketio.server",
    "asyncio",
    "websockets",
    "alembic",
    "sqlalchemy",
    "aiosqlite",
)


class LogfmtFormatter(logging.Formatter):
    """Formats a record as `time=… level=… logger=… event="…"`, its `extra` fields, then the traceback.

    Values that hold more than plain characters are quoted as JSON strings, so that no value can begin
    a line of its own. What is too long is cut: a line has 500 characters at the most. A traceback is the
    innermost calls, as `file:line function`, and what was raised.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Make the line for a record; time is UTC, in milliseconds."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, Any] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        fields |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            fields["traceback"] = _where(record.exc_info[1])
        line = ""
        for name, value in fields.items():
            longest = {"event": _LONGEST_EVENT, "traceback": LONGEST_LINE}.get(name, _LONGEST_FIELD)
            # A traceback says most at its end.
            from_end = name == "traceback"
            beginning = f"{' ' if line else ''}{name}="
            kept_free = 0 if from_end or "traceback" not in fields else _SHORTEST_TRACEBACK
            room = min(longest, LONGEST_LINE - kept_free - len(line) - len(beginning))
            if room < _SHORTEST_VALUE:
                continue
            line += beginning + _fitting(str(value), room, from_end=from_end)
        return line


class BoundedHandler(logging.StreamHandler[TextIO]):
    """Writes lines of a bounded length and number, whichever library they come from.

    Of each cause, which is a place in the code, or an event of this dashboard and the source that it is about,
    ten lines are written in any minute. The rest is counted, and told with the next line after that minute.

    Args:
        stream: where to.
        clock: seconds that never go back.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self.setFormatter(LogfmtFormatter())
        self._limit = LogLimit(clock)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line, or count it."""
        self._tell_dropped()
        if self._limit.takes(_cause(record)):
            super().emit(record)

    def close(self) -> None:
        """Tell what was counted and not told yet."""
        self._tell_dropped(all=True)
        super().close()

    def _tell_dropped(self, *, all: bool = False) -> None:
        for cause, dropped in self._limit.ended(all=all):
            told = f"{dropped} more lines of one cause in a minute were not written"
            record = logging.makeLogRecord({"name": __name__, "levelno": logging.WARNING, "msg": told})
            record.levelname, record.of = "WARNING", _in_words(cause)
            super().emit(record)


def _cause(record: logging.LogRecord) -> Hashable:
    source = getattr(record, "source", "") if record.name.startswith("ops_dashboard") else ""
    return record.name, record.pathname, record.lineno, str(source)[:_LONGEST_FIELD]


def _in_words(cause: Hashable) -> str:
    if not isinstance(cause, tuple):
        return str(cause)
    name, _, line, source = cause
    return f"{name}:{line} {source}".rstrip()


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    calls = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__
    raised = f"{type(error).__name__}: {str(error)[:_LONGEST_EVENT]}"
    return " > ".join([*calls, raised]) + (f" (caused by {type(cause).__name__})" if cause else "")


def configure_logging(level: str) -> None:
    """Send the log of this process to standard error.

    Args:
        level: the lowest level shown of the dashboard's own events: debug, info, warning or error.
    """
    handler = BoundedHandler(sys.stderr)
    handler.addFilter(BadFrames())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))
    logging.captureWarnings(True)


def _fitting(value: str, room: int, *, from_end: bool) -> str:
    """The value quoted if need be, in no more than ``room`` characters; an ellipsis stands for what is cut."""
    # Cut at first, so that a megabyte costs no more than a line.
    kept = _TAB.sub("[tab]", value[-2 * LONGEST_LINE :] if from_end else value[: 2 * LONGEST_LINE])
    quoted = _quoted(kept)
    length = min(len(kept), room)
    while len(quoted) > room:
        quoted = _quoted(f"…{kept[len(kept) - length :]}" if from_end else f"{kept[:length]}…")
        length = max(0, length - max(1, (len(quoted) - room) // _LONGEST_QUOTED))
    return quoted


def _quoted(value: str) -> str:
    return value if _BARE.fullmatch(value) else json.dumps(value)
