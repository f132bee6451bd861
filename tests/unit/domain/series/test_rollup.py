import pytest

from ops_dashboard.domain.series.rollup import Rollup
from ops_dashboard.domain.series.table import Summary


def test_a_bucket_takes_more_values_than_its_column_counts():
    rollup = Rollup(60)
    rollup.put(120, Summary(1.0, 2.0, 3.0, 2.0, 70_000))
    rollup.add(179, 5.0)
    assert rollup.summary(0, 1)[:2] == (1.0, pytest.approx(2.0, rel=1e-3))
    assert rollup.summary(0, 1)[2:4] == (5.0, 5.0)


def test_buckets_are_aligned_and_kept_in_the_order_of_time():
    rollup = Rollup(60)
    for at in (200, 30, 125, 59):
        rollup.add(at, float(at))
    assert list(rollup.times) == [0, 120, 180]
    assert rollup.summary(0, 1) == Summary(30.0, 44.5, 59.0, 59.0, 2)
    assert rollup.summary(0, 3) == Summary(30.0, (30 + 59 + 125 + 200) / 4, 200.0, 200.0, 4)


def test_a_bucket_is_dropped_when_it_has_ended():
    rollup = Rollup(60)
    for at in (0, 60, 120):
        rollup.add(at, 1.0)
    rollup.drop_before(119)
    assert list(rollup.times) == [60, 120]
    rollup.drop_after(60)
    assert list(rollup.times) == [60]
