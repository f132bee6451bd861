import pytest

from ops_dashboard.domain.robust import mean_deviation, median_deviation


@pytest.mark.parametrize(
    ("values", "median", "mean"),
    [([1, 1, 2, 2, 4, 6, 9], 1, 15 / 7), ([5, 5, 5, 5, 105], 0, 20), ([7], 0, 0)],
)
def test_it_measures_the_spread_around_the_median(values: list[float], median: float, mean: float):
    assert median_deviation(values) == median
    assert mean_deviation(values) == pytest.approx(mean)
