from itertools import pairwise

import pytest

from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.figure import Figure, Origin
from ops_dashboard.domain.views.series_keys import level, series_key, status_at, status_key

WORST_FIRST = [Status.DOWN, Status.DEGRADED, Status.UNKNOWN, Status.HEALTHY, Status.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("origin", "counter", "key"),
    [
        ("reported", False, "cache.hits"),
        ("derived", False, "cache.hits"),
        ("observed", False, "cache.hits@observed"),
        ("metrics", False, "cache.hits@metrics"),
        ("reported", True, "cache.hits.rate"),
        ("derived", True, "cache.hits.rate"),
        ("metrics", True, "cache.hits@metrics.rate"),
    ],
)
def test_each_origin_has_a_series_of_its_own_and_a_counter_that_of_its_rate(
    origin: Origin, counter: bool, key: str
):
    assert series_key(Figure("cache.hits", "Hits", origin=origin, counter=counter)) == key


@pytest.mark.parametrize("status", Status)
def test_a_status_comes_back_from_its_level(status: Status):
    assert status_at(level(status)) is status
    assert status_at(level(status.value)) is status
    assert status_at(float(level(status))) is status


def test_the_worse_a_status_the_higher_its_level():
    levels = [level(status) for status in WORST_FIRST]
    assert all(worse > better for worse, better in pairwise(levels))
    assert set(WORST_FIRST) == set(Status)


def test_the_statuses_of_a_module_stand_beside_its_numbers():
    assert status_key("search") == "modules.search.status"
