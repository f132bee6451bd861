"""Work on the database that a cancellation does not break off."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)
_going_on: set[asyncio.Task[Any]] = set()
"""Work whose caller was cancelled: a task that nobody refers to may be collected before its end."""


def unbroken(work: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """A cancelled call raises CancelledError at once, and its work goes on to its end in the background.

    The page that asks may be closed at any moment. What its operator did is to be saved all the same; and on
    SQLite a statement that is broken off keeps its connection, and with it the lock of its transaction, until
    the garbage collector finds it. How long the work may take is bounded by the database. A time limit
    around the call holds, since nobody waits for the work any longer.
    """

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(work(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.done():
                _going_on.add(task)
                task.add_done_callback(_ended)
            raise

    return run


def _ended(task: asyncio.Task[Any]) -> None:
    _going_on.discard(task)
    if not task.cancelled() and (failure := task.exception()) is not None:
        name = getattr(task.get_coro(), "__qualname__", "")
        _log.error("event=cancelled-work-failed what=%s reason=%r", name, str(failure))
