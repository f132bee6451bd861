from dataclasses import replace

import pytest

from ops_dashboard.domain.metrics.request_counts import Growth, RequestCounts, Tally, growth
from ops_dashboard.domain.metrics.request_labels import Labels

OK: Labels = (("status", "200"),)
FAILED: Labels = (("status", "503"),)


def tally(counts: dict[Labels, float], metric: str = "m") -> Tally:
    return Tally(metric, counts, own_included=False)


def counted(ok: float, failed: float | None = None, **changes: object) -> RequestCounts:
    counts = {OK: ok} if failed is None else {OK: ok, FAILED: failed}
    made = RequestCounts(tally(counts), tally(counts), (100.0,), (ok,), began=1.0)
    return replace(made, **changes)


def test_what_came_in_between_is_the_difference():
    assert growth(counted(10, 1), counted(30, 4)) == Growth(23, (20,), 23, 3)


def test_a_label_set_that_is_new_began_at_nothing():
    assert growth(counted(10), counted(10, 2)) == Growth(2, (0,), 2, 2)


@pytest.mark.parametrize(
    "later",
    [
        counted(9, 1),
        counted(99),
        counted(99, 0),
        counted(99, 1, began=2.0),
        counted(99, 1, began=None),
        counted(99, 1, buckets=(5.0,)),
        counted(99, 1, edges=(200.0,)),
        counted(99, 1, outcomes=None),
        counted(99, 1, requests=tally({OK: 99, FAILED: 1}, "another")),
        counted(99, 1, requests=Tally("m", {OK: 99, FAILED: 1}, own_included=True)),
    ],
    ids=[
        "fell",
        "vanished",
        "one fell",
        "restart",
        "start unknown",
        "bucket fell",
        "bounds",
        "no statuses",
        "metric",
        "own calls",
    ],
)
def test_what_does_not_continue_is_never_a_growth(later: RequestCounts):
    assert growth(counted(10, 1), later) is None
