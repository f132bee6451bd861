"""How the file descriptors of this process are shared out, so that clients never use them up."""

import resource
from dataclasses import dataclass

_WANTED = 10_240
_OWN = 32
"""For files, the database and the backend, at the least; a quarter of all is kept free besides."""
_MOST_UNFINISHED = 1_024


@dataclass(frozen=True, slots=True)
class Shares:
    """How many connections there may be at once."""

    connections: int
    """In all."""
    unfinished: int
    """Of these, such as have not sent a whole request."""

    @property
    def tabs(self) -> int:
        """Of these, websockets."""
        return self.connections - self.unfinished


def shares(descriptors: int) -> Shares:
    """Share out so many descriptors."""
    return Shares(max(descriptors * 3 // 4 - _OWN, 16), max(min(_MOST_UNFINISHED, descriptors // 4), 8))


def raised_limit() -> int:
    """Raise the number of descriptors that this process may have, as far as it is allowed to; returns it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _WANTED if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
