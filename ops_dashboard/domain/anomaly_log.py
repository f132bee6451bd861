"""Which anomalies there were, so that charts can mark them after they have ended."""

from collections import deque
from collections.abc import Container
from dataclasses import dataclass

MOST_ENDED = 500


@dataclass(frozen=True, slots=True)
class Episode:
    """One anomaly of one series. Unix seconds; ``until`` is 0 while it lasts."""

    key: str
    since: float
    until: float
    sentence: str


class AnomalyLog:
    """The anomalies of all series: those that last, and the latest ones that ended."""

    def __init__(self) -> None:
        self._lasting: dict[str, Episode] = {}
        self._ended: deque[Episode] = deque(maxlen=MOST_ENDED)

    def note(self, key: str, sentence: str, since: float, now: float) -> None:
        """Take in how ``key`` is judged at ``now``: out of the ordinary since, or not (an empty sentence).

        The sentence of an anomaly that lasts stays the first one: what drew the attention.
        """
        lasting = self._lasting.get(key)
        if sentence and lasting is None:
            self._lasting[key] = Episode(key, since, 0.0, sentence)
        elif not sentence and lasting is not None:
            del self._lasting[key]
            if now > lasting.since:  # else the clock was put back: what lies after it is forgotten
                self._ended.append(Episode(key, lasting.since, now, lasting.sentence))

    def keep(self, keys: Container[str], now: float) -> None:
        """End the anomalies of all series but ``keys``: of those that are no longer held nobody tells the end."""
        for key in [key for key in self._lasting if key not in keys]:
            self.note(key, "", now, now)

    def episodes(self, after: float) -> tuple[Episode, ...]:
        """Those that lasted at any time after ``after``, unix seconds; the oldest first."""
        ended = (episode for episode in self._ended if episode.until > after)
        return tuple(sorted((*ended, *self._lasting.values()), key=lambda e: (e.since, e.key)))
