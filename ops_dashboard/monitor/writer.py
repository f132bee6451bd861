"""Writes to the database in the background, and tries again by itself until nothing is left to write."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 10.0
"""What waits is to be saved within 15 s of the database's return, and a try may take some seconds itself."""
SLOW_SECONDS = 1.0
"""After so long without an answer people are told that nothing is saved."""
NOT_OPEN = "The database is not open yet."


class Backoff:
    """How long to wait after each failure: 1, 2, 4 … s."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE_SECONDS

    def take(self) -> float:
        """Seconds to wait after one more failure."""
        seconds, self._next = self._next, min(2 * self._next, LONGEST_PAUSE_SECONDS)
        return seconds

    def reset(self) -> None:
        """Begin anew, after a success."""
        self._next = FIRST_PAUSE_SECONDS


class Writer:
    """Calls ``write(database)`` after each :meth:`wake`, and again after a failure. Lives on one event loop.

    ``write`` writes all that waits and raises when it cannot. ``changed()`` is called when :attr:`problem`
    changes. ``what`` names it in the log: "alerts".
    """

    def __init__(
        self, what: str, write: Callable[[Database], Awaitable[None]], changed: Callable[[], None]
    ) -> None:
        self._what = what
        self._write = write
        self._changed = changed
        self._due = asyncio.Event()
        self._hurry = asyncio.Event()
        self._asking: list[asyncio.Future[bool]] = []
        self._task: asyncio.Task[None] | None = None
        self._trying = False
        self.problem = ""
        """Why a restart would lose something, a sentence for the operator; empty while all is saved."""

    @property
    def busy(self) -> bool:
        """Whether something is being written, or is about to be."""
        return self._task is not None and (self._trying or (self._due.is_set() and not self.problem))

    def attach(self, database: Database) -> None:
        """Write into this database from now on, first of all what has been waiting for one."""
        self._end()
        self._due.set()
        self._task = asyncio.create_task(self._run(database), name=f"writing {self._what}")

    def detach(self, why: str) -> None:
        """Let everything wait for another database, for the reason given."""
        self._end()
        self._set(why)

    def wake(self) -> None:
        """There is something to write."""
        self._due.set()

    async def saved(self, within: float) -> bool:
        """Try at once; whether all that waits by now was saved within so many seconds."""
        if self._task is None:
            return False
        answer = asyncio.get_running_loop().create_future()
        self._asking.append(answer)
        self._due.set()
        self._hurry.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                return await answer
        return False

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task, self._trying = None, False
        self._answer(self._asking, saved=False)
        self._asking = []

    async def _run(self, database: Database) -> None:
        backoff = Backoff()
        while True:
            await self._due.wait()
            self._due.clear()
            self._hurry.clear()
            asking, self._asking = self._asking, []
            if await self._saves(database, asking):
                backoff.reset()
            else:
                self._due.set()
                if not self._asking:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(backoff.take()):
                            await self._hurry.wait()

    async def _saves(self, database: Database, asking: list[asyncio.Future[bool]]) -> bool:
        writing = asyncio.ensure_future(self._write(database))
        self._trying = True
        try:
            done, _ = await asyncio.wait([writing], timeout=SLOW_SECONDS)
            if not done:
                self._say(database.place.sentence("{place} does not answer."))
            await writing
        except asyncio.CancelledError:
            writing.cancel()
            self._answer(asking, saved=False)
            raise
        except StorageError as error:
            self._say(str(error))
            saved = False
        except Exception as error:
            log.exception("event=unforeseen what=%s", self._what)
            self._say(f"An error in this dashboard, see its log: {type(error).__name__}.")
            saved = False
        else:
            if not self._due.is_set():  # else more has come meanwhile, which is not saved yet
                self._say("")
            saved = True
        self._trying = False
        self._answer(asking, saved=saved)
        return saved

    def _say(self, problem: str) -> None:
        if problem and problem != self.problem:
            log.error("event=%s-not-saved reason=%r", self._what, problem)
        elif self.problem and not problem:
            log.info("event=%s-saved-again", self._what)
        self._set(problem)

    def _set(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self._changed()

    @staticmethod
    def _answer(asking: list[asyncio.Future[bool]], *, saved: bool) -> None:
        for each in asking:
            if not each.done():
                each.set_result(saved)
