"""How long one has to wait after tokens that were not accepted: longer each time, for each and for all."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_FAILURES = 3
"""So many typing errors of one client cost nothing."""
LONGEST_WAIT = 300.0
FREE_FAILURES_OF_ALL = 50
LONGEST_WAIT_OF_ALL = 2.0
"""Short, as it also holds up those who have the token."""
FORGOTTEN_AFTER = 3600.0
MOST_CLIENTS = 10_000
_SUBNET_BITS = 64


@dataclass(slots=True)
class _Tally:
    failures: int = 0
    last: float = 0.0
    until: float = 0.0


class Throttle:
    """Counts failures. The wait doubles with each, from 1 s on.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tallies: OrderedDict[str, _Tally] = OrderedDict()
        self._all = _Tally()

    def wait(self, client: str) -> float:
        """For how many more seconds nothing is accepted of ``client``, an IP address; 0 for not at all."""
        now, tally = self._clock(), self._tallies.get(_group(client), _Tally())
        return max(0.0, tally.until - now, self._all.until - now)

    def failed(self, client: str) -> None:
        """A token of this client was not accepted."""
        tally = self._tallies.setdefault(_group(client), _Tally())
        self._tallies.move_to_end(_group(client))
        self._count(tally, FREE_FAILURES, LONGEST_WAIT)
        self._count(self._all, FREE_FAILURES_OF_ALL, LONGEST_WAIT_OF_ALL)
        while len(self._tallies) > MOST_CLIENTS:
            self._tallies.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """This client has a token: its failures are forgotten."""
        self._tallies.pop(_group(client), None)

    def _count(self, tally: _Tally, free: int, longest: float) -> None:
        now = self._clock()
        tally.failures = 1 if now - tally.last > FORGOTTEN_AFTER else tally.failures + 1
        tally.last = now
        if (beyond := tally.failures - free) > 0:
            tally.until = now + min(longest, 2.0 ** min(beyond - 1, 30))


def _group(client: str) -> str:
    """Whoever has an IPv6 address has a whole network of them."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    return str(ipaddress.ip_network((address, _SUBNET_BITS), strict=False))
