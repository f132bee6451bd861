"""Work on the database that a cancellation does not break off."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)


def unbroken(work: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """A cancelled call goes on to its end, and only then raises CancelledError.

    The page that asks may be closed at any moment. What its operator did is to be saved all the same; and on
    SQLite a statement that is broken off keeps its connection, and with it the lock of its transaction, until
    the garbage collector finds it. How long the database may take is bounded elsewhere.
    """

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(work(*args, **kwargs))
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is None:
            return task.result()
        if not task.cancelled() and (failure := task.exception()) is not None:
            _log.error("event=cancelled-work-failed what=%s reason=%r", work.__qualname__, str(failure))
        raise cancelled

    return run
