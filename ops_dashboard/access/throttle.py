"""How long a network has to wait after tokens that were not accepted: longer each time.

A right token is never held up: whoever has it could else be locked out by others' guesses.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ops_dashboard.access.networks import network_of

FREE_FAILURES = 3
"""So many typing errors of one client cost nothing."""
LONGEST_WAIT = 300.0
FORGOTTEN_AFTER = 3600.0
MOST_CLIENTS = 10_000


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

    def wait(self, client: str) -> float:
        """For how many more seconds wrong tokens of ``client``, an IP address, are turned away; 0 for not at all."""
        return max(0.0, self._tallies.get(network_of(client), _Tally()).until - self._clock())

    def failed(self, client: str) -> None:
        """A token of this client was not accepted."""
        tally = self._tallies.setdefault(network_of(client), _Tally())
        self._tallies.move_to_end(network_of(client))
        now = self._clock()
        tally.failures = 1 if now - tally.last > FORGOTTEN_AFTER else tally.failures + 1
        tally.last = now
        if (beyond := tally.failures - FREE_FAILURES) > 0:
            tally.until = now + min(LONGEST_WAIT, 2.0 ** min(beyond - 1, 30))
        while len(self._tallies) > MOST_CLIENTS:
            self._tallies.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """This client has a token: its failures are forgotten."""
        self._tallies.pop(network_of(client), None)
