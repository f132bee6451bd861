"""Log lines: one event, one line, as key=value pairs on standard error."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from ops_dashboard.serving.bad_frames import BadFrames

_BARE = re.compile(r"[\w.:/@+-]+", re.ASCII)
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
    a line of its own.
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
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={_quoted(str(value))}" for name, value in fields.items())


def configure_logging(level: str) -> None:
    """Send the log of this process to standard error.

    Args:
        level: the lowest level shown of the dashboard's own events: debug, info, warning or error.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogfmtFormatter())
    handler.addFilter(BadFrames())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))


def _quoted(value: str) -> str:
    return value if _BARE.fullmatch(value) else json.dumps(value)
