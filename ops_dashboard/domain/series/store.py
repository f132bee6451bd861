"""The past of every number, by key, within bounded memory."""

from collections.abc import Iterator

from ops_dashboard.domain.series.archive import pack, unpack
from ops_dashboard.domain.series.points import SPANS, Gap, Point, Sample, Span, is_value
from ops_dashboard.domain.series.series import ROLLUPS, STEPS, Series
from ops_dashboard.domain.series.window import MOST_POINTS, points_between, width_of

MOST_SERIES = 300
HELD_SECONDS = ROLLUPS[-1][1]
"""A series without a sample for this long is forgotten."""
BRIEF_SECONDS = 600
"""A full store makes room by what has been silent for so long, and for longer than it was ever read."""
_EXPIRE_SECONDS = 60
"""A full store looks no more often for what may be forgotten."""
_LAST_MOMENT = 2**32 - 1
"""The columns of times end in the year 2106."""
_FINEST: dict[Span, int] = {span: number for number, span in enumerate(SPANS)}
"""Which table of a series a span is read from."""


class Store:
    """Series by key: an hour as it was read, 6 h by the minute, a day by 5 min, a week by 30 min.

    A series takes up to 60 kB when it is sampled every second, half of that at every 30 s: 300 of them
    never take more than 20 MB. Values are kept with seven significant digits, times in whole seconds. A full
    store gives up what was read briefly, long ago, such as names that a backend makes up and drops; for the
    rest it refuses new keys, so that what is known stays known.
    """

    def __init__(self, most: int = MOST_SERIES) -> None:
        self._most = most
        self._series: dict[str, Series] = {}
        self._expired_at = 0

    def __len__(self) -> int:
        """The number of series."""
        return len(self._series)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._series)

    def __contains__(self, key: object) -> bool:
        """Whether anything is held under ``key``."""
        return key in self._series

    @property
    def size(self) -> int:
        """The bytes that all columns take."""
        return sum(table.size for series in self._series.values() for table in series.tables)

    def add(self, key: str, at: object, value: object, step: float = 30.0) -> bool:
        """Take in one sample; whether it was kept.

        ``at`` is in unix seconds by the clock that ``now`` is later told by; ``step`` is how often, in
        seconds, a sample is expected: two missing in a row make a gap. A value of the same second replaces
        the earlier one. One that comes up to a minute late goes where it belongs; if it comes later still,
        the clock was put back, and what lies after it is forgotten. What is no finite number, and a new key
        when the store is full, is left out; nothing raises.
        """
        if not is_value(value) or not is_value(at) or not 0 <= at <= _LAST_MOMENT:
            return False
        moment = int(at)
        if key not in self._series and not self._admit(key, moment, step):
            return False
        series = self._series[key]
        series.add(moment, float(value), step)
        return True

    def window(self, key: str, span: Span, now: float, points: int = MOST_POINTS) -> tuple[Point | Gap, ...]:
        """The last ``span``, oldest first, in at most ``points`` even intervals; empty for an unknown key.

        The intervals lie on a fixed grid and the newest is still filling: from one call to the next, a
        point is replaced by one with the same ``at`` or followed by a new one. Intervals without a sample
        are left out; where that lasted longer than two expected steps, there is one :class:`Gap`. Nothing
        after ``now`` is shown.

        Raises:
            ValueError: when ``points`` is not 1 to 120.
        """
        return self._between(key, span, now, points, before=0)

    @staticmethod
    def interval(span: Span, points: int = MOST_POINTS) -> int:
        """The seconds of each interval of :meth:`window`."""
        return width_of(span, points, STEPS[_FINEST[span]])

    def previous(
        self, key: str, span: Span, now: float, points: int = MOST_POINTS
    ) -> tuple[Point | Gap, ...]:
        """The ``span`` before the one that :meth:`window` shows; empty where that is no longer held.

        The times are those of then; plus the span's seconds, they lie on the grid of :meth:`window`.

        Raises:
            ValueError: when ``points`` is not 1 to 120.
        """
        if 2 * SPANS[span] > HELD_SECONDS:
            return ()
        return self._between(key, span, now, points, before=SPANS[span])

    def ago(self, key: str, span: Span, now: float) -> Point | None:
        """What was read one ``span`` ago, give or take two intervals of :meth:`window`; None if nothing was."""
        series = self._series.get(key)
        if series is None:
            return None
        width = self.interval(span)
        start = (int(now) // width + 1) * width - SPANS[span]
        end = start + max(2 * width, int(2 * series.step))
        found = points_between(series, _FINEST[span], start, min(end, int(now)), width)
        return next((point for point in found if isinstance(point, Point)), None)

    def step(self, key: str) -> float:
        """How often a sample of ``key`` is expected, seconds.

        Raises:
            KeyError: for an unknown key.
        """
        return self._series[key].step

    def known_since(self, key: str) -> int | None:
        """From when on there is data (unix seconds); None for an unknown key."""
        series = self._series.get(key)
        return series.known_since if series else None

    def last(self, key: str, count: int) -> tuple[Sample, ...]:
        """The newest ``count`` samples of the last hour, oldest first; empty for an unknown key."""
        series = self._series.get(key)
        return series.last(count) if series else ()

    def expire(self, now: float) -> None:
        """Forget the series that have had no sample for a week."""
        self._expired_at = int(now)
        self._series = {
            key: series for key, series in self._series.items() if now - series.newest <= HELD_SECONDS
        }

    def dump(self) -> bytes:
        """All series as bytes for :meth:`load`: quick to make, and worth compressing where they are kept."""
        return pack(self._series)

    def load(self, data: bytes) -> None:
        """Take over what :meth:`dump` made, instead of what is held; if it is too much, the most recent.

        Raises:
            ValueError: when the bytes are damaged or of another version; nothing is changed then.
        """
        found = sorted(unpack(data).items(), key=lambda item: item[1].newest, reverse=True)
        self._series = dict(found[: self._most])

    def extend(self, newer: "Store") -> None:
        """Let what ``newer`` holds follow what is held here. After this ``newer`` must not be used."""
        for key, series in newer._series.items():
            if key in self._series:
                self._series[key].extend(series)
            elif len(self._series) < self._most:
                self._series[key] = series

    def _admit(self, key: str, moment: int, step: float) -> bool:
        if len(self._series) >= self._most and moment - self._expired_at >= _EXPIRE_SECONDS:
            self.expire(moment)
            self._series = {key: one for key, one in self._series.items() if not _was_brief(one, moment)}
        if len(self._series) >= self._most:
            return False
        self._series[key] = Series(moment, step)
        return True

    def _between(self, key: str, span: Span, now: float, points: int, before: int) -> tuple[Point | Gap, ...]:
        if not 1 <= points <= MOST_POINTS:
            raise ValueError(f"a window has 1 to {MOST_POINTS} points, not {points}")
        series = self._series.get(key)
        if series is None:
            return ()
        finest = _FINEST[span]
        width = self.interval(span, points)
        end = int(now) + 1 - before
        start = (int(now) // width + 1) * width - SPANS[span] - before
        return points_between(series, finest, start, end, width)


def _was_brief(series: Series, now: float) -> bool:
    silence = now - series.newest
    return silence >= BRIEF_SECONDS and silence > series.newest - series.since
