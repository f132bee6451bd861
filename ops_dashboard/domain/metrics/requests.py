"""From the samples of ``/metrics`` to the requests counted there: which metric to believe, and what it says."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from prometheus_client.samples import Sample

from ops_dashboard.domain.metrics.histogram import common_edges, summed
from ops_dashboard.domain.metrics.request_counts import RequestCounts, Tally
from ops_dashboard.domain.metrics.request_labels import (
    Labels,
    has_path,
    http_status,
    is_own_call,
    label_set,
)
from ops_dashboard.domain.metrics.request_names import counts_requests, duration_unit, rank, speaks_of_http

_START = "process_start_time_seconds"
MOST_LABEL_SETS = 5_000
"""A metric that is divided into more is not followed: several readings of it are held at a time."""
_LARGEST = 2.0**53
"""Beyond this a float no longer counts by ones."""


@dataclass(slots=True)
class _Family:
    """One metric as it is being read. Bounds in ms."""

    name: str
    counts: dict[Labels, float] = field(default_factory=dict)
    buckets: defaultdict[Labels, dict[float, float]] = field(default_factory=lambda: defaultdict(dict))

    def count(self, labels: Labels, value: float) -> None:
        # What is said twice is counted once.
        self.counts[labels] = max(value, self.counts.get(labels, 0.0))

    def bucket(self, labels: Labels, edge: float, value: float) -> None:
        known = self.buckets[labels]
        known[edge] = max(value, known.get(edge, 0.0))

    def close(self) -> None:
        """Count what the buckets hold: the one without a bound has all requests of its label set."""
        totals: dict[Labels, float] = {}
        for labels, known in self.buckets.items():
            total = known.pop(math.inf, self.counts.get(labels))
            if total is not None:
                totals[labels] = max(total, *known.values()) if known else total
        self.counts = totals

    @property
    def is_alive(self) -> bool:
        """Whether it ever counted: some backends define metrics that nothing feeds, which stay 0 for ever."""
        return len(self.counts) <= MOST_LABEL_SETS and any(self.counts.values())

    @property
    def names_paths(self) -> bool:
        return any(map(has_path, self.counts))

    @property
    def tells_status(self) -> bool:
        return any(map(http_status, self.counts))

    def tally(self, *, with_status: bool = False) -> Tally:
        kept = {
            labels: count
            for labels, count in self.counts.items()
            if not is_own_call(labels) and (http_status(labels) or not with_status)
        }
        return Tally(self.name, kept, own_included=not self.names_paths)


def request_counts(samples: Iterable[Sample]) -> RequestCounts | None:
    """What the samples tell of the requests answered; None when nothing there counts requests.

    One histogram of request durations is chosen, so that no request counts twice: one of a well-known name, then
    one that names paths before one that does not, since the dashboard's own calls can be left out of it, even if
    its buckets are coarser.
    Without a histogram a counter of requests stands in.
    """
    histograms, counters, began = _read(samples)
    histogram = max(filter(lambda h: h.is_alive, histograms), key=_worth, default=None)
    counter = max(filter(lambda c: c.is_alive, counters), key=_worth, default=None)
    teller = max((c for c in counters if c.is_alive and c.tells_status), key=_worth, default=None)
    requests = histogram or teller or counter
    if requests is None:
        return None
    outcomes = requests if requests.tells_status else teller
    kept = requests.tally()
    # The bounds of all label sets, so that they stay the same when the first one comes that is kept.
    edges = common_edges(requests.buckets[labels] for labels in requests.counts) if histogram else ()
    return RequestCounts(
        requests=kept,
        outcomes=outcomes.tally(with_status=True) if outcomes else None,
        edges=edges,
        buckets=summed((requests.buckets[labels] for labels in kept.counts), edges) if edges else (),
        began=began,
    )


def _read(samples: Iterable[Sample]) -> tuple[list[_Family], list[_Family], float | None]:
    histograms: dict[str, _Family] = {}
    counters: dict[str, _Family] = {}
    began = None
    for sample in samples:
        if not 0 <= sample.value <= _LARGEST:  # NaN fails this too
            continue
        name, value = sample.name, float(sample.value)
        family, _, suffix = name.rpartition("_")
        if suffix == "bucket" and (unit := duration_unit(family)):
            if (edge := _edge(sample.labels.get("le"), unit)) is not None:
                known = histograms.setdefault(family, _Family(family))
                known.bucket(label_set(sample.labels), edge, value)
        elif suffix == "count" and duration_unit(family):
            histograms.setdefault(family, _Family(family)).count(label_set(sample.labels), value)
        elif counts_requests(name):
            counters.setdefault(name, _Family(name)).count(label_set(sample.labels), value)
        elif name == _START and not sample.labels:
            began = value
    for histogram in histograms.values():
        histogram.close()
    return [h for h in histograms.values() if h.buckets], list(counters.values()), began


def _edge(le: str | None, unit: float) -> float | None:
    try:
        edge = float(le or "") * unit
    except ValueError:
        return None
    return edge if edge >= 0 else None


def _worth(family: _Family) -> tuple[int, bool, bool, bool, int, str]:
    finest = max(map(len, family.buckets.values()), default=0)
    return (
        rank(family.name),
        family.names_paths,
        speaks_of_http(family.name),
        family.tells_status,
        finest,
        family.name,
    )
