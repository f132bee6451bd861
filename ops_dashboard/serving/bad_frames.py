"""One line, and no traceback, for what a websocket client sends that is not even the protocol."""

import logging
import traceback
from types import TracebackType

_LIBRARIES = ("engineio", "socketio")
_OURS = ("ops_dashboard", "reflex")
_PARSER = "_sio_loads"
"""What the libraries are given to parse JSON with; the framework's, but it says nothing of the app."""


class BadFrames(logging.Filter):
    """Log filter for the websocket libraries, which report every such frame as if they had failed themselves.

    An exception that came out of the app's own code keeps its traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record where it is about a frame; let all records through."""
        if record.name.startswith(_LIBRARIES) and isinstance(record.exc_info, tuple):
            kind, _, trace = record.exc_info
            if kind is not None and not _is_ours(trace):
                record.levelno, record.levelname = logging.WARNING, "WARNING"
                record.msg, record.args, record.exc_info = "websocket frame refused", (), None
                record.why = kind.__name__
        return True


def _is_ours(trace: TracebackType | None) -> bool:
    frames = (frame for frame, _ in traceback.walk_tb(trace) if frame.f_code.co_name != _PARSER)
    return any(str(frame.f_globals.get("__name__", "")).split(".")[0] in _OURS for frame in frames)
