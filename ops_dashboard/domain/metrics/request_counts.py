"""What a backend has counted of its requests at one moment, and how two such readings differ."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import sub

from ops_dashboard.domain.metrics.request_labels import Labels, http_status


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each label set of one metric was counted since the process began."""

    metric: str
    counts: Mapping[Labels, float]
    own_included: bool
    """No label names the path: the dashboard's own calls could not be left out."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: readings of different measures must not be added up."""

    requests: str
    """The name of the metric, as ``outcomes``; empty where nothing tells statuses."""
    outcomes: str
    edges: tuple[float, ...]
    own_included: bool
    own_with_status: bool


@dataclass(frozen=True, slots=True)
class RequestCounts:
    """The requests of one process, from one metric: no request is in it twice."""

    requests: Tally
    outcomes: Tally | None = None
    """The requests whose HTTP status is told: by the same metric, or else by a counter beside it."""
    edges: tuple[float, ...] = ()
    """The finite upper bounds of the histogram's buckets in ms, ascending; empty where there is none."""
    buckets: tuple[float, ...] = ()
    """For each bound, how many requests took that long at most."""
    began: float | None = None
    """When the process began, unix seconds: it tells one process from another."""

    @property
    def total(self) -> float:
        """All requests counted."""
        return sum(self.requests.counts.values())

    @property
    def measure(self) -> Measure:
        """What is counted, without the counts."""
        return Measure(
            requests=self.requests.metric,
            outcomes=self.outcomes.metric if self.outcomes else "",
            edges=self.edges,
            own_included=self.requests.own_included,
            own_with_status=self.outcomes is not None and self.outcomes.own_included,
        )


@dataclass(frozen=True, slots=True)
class Growth:
    """What was counted between two readings; never negative."""

    requests: float
    buckets: tuple[float, ...]
    with_status: float
    """The requests whose status is told."""
    failed: float
    """Those of them that were answered with a 5xx status."""


def growth(earlier: RequestCounts, later: RequestCounts) -> Growth | None:
    """What was counted from one reading to the next of the same process.

    None where ``later`` does not continue ``earlier``: another process or measure, a count that fell back, or
    a label set that vanished. What was counted meanwhile is not known then. A label set that is new began at 0.
    """
    if earlier.began != later.began or earlier.measure != later.measure:
        return None
    requests = _grown(earlier.requests.counts, later.requests.counts)
    told = _grown(_counts(earlier.outcomes), _counts(later.outcomes))
    buckets = tuple(map(sub, later.buckets, earlier.buckets))
    if requests is None or told is None or min(buckets, default=0.0) < 0:
        return None
    return Growth(
        requests=sum(requests.values()),
        buckets=buckets,
        with_status=sum(told.values()),
        failed=sum(count for labels, count in told.items() if (http_status(labels) or "").startswith("5")),
    )


def at_start(counts: RequestCounts) -> RequestCounts:
    """What the same process had counted when it began: nothing."""
    return replace(
        counts,
        requests=replace(counts.requests, counts={}),
        outcomes=counts.outcomes and replace(counts.outcomes, counts={}),
        buckets=(0.0,) * len(counts.buckets),
    )


def _counts(tally: Tally | None) -> Mapping[Labels, float]:
    return tally.counts if tally else {}


def _grown(earlier: Mapping[Labels, float], later: Mapping[Labels, float]) -> dict[Labels, float] | None:
    if any(later.get(labels, -1.0) < count for labels, count in earlier.items()):
        return None
    return {labels: count - earlier.get(labels, 0.0) for labels, count in later.items()}
