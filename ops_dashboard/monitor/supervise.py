"""Keep a service running: the framework reports a crashed lifespan task but never starts it again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


async def supervise(
    name: str,
    run: Callable[[], Awaitable[None]],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Run ``run`` until cancelled; after a crash, log it, pause (doubling, at most 30 s) and run it again."""
    wait = FIRST_PAUSE_SECONDS
    while True:
        try:
            await run()
        except Exception:
            log.exception("event=crashed service=%s restart_in=%.1f", name, wait)
        else:
            log.error("event=ended service=%s restart_in=%.1f", name, wait)
        await pause(wait)
        wait = min(2 * wait, LONGEST_PAUSE_SECONDS)
