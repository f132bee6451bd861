"""Work on large answers, beside the loop: one at a time, so that two of them cost the memory of one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

LARGE_BYTES = 100_000
"""Reading an answer of this size takes long enough for others to notice."""

_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="large-answers")


async def read_beside(work: Callable[[], T], size: int) -> T:
    """What ``work`` returns: done at once for an answer of few bytes, and else in a thread of its own.

    Raises:
        Exception: whatever ``work`` raises.
    """
    if size <= LARGE_BYTES:
        return work()
    return await asyncio.get_running_loop().run_in_executor(_reader, work)
