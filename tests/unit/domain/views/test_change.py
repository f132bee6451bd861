import pytest

from ops_dashboard.domain.units import Unit
from ops_dashboard.domain.views.change import Change, change


@pytest.mark.parametrize(
    ("now", "earlier", "unit", "direction", "word"),
    [
        (112, 100, "count", "up", "+12 %"),
        (88, 100, "count", "down", "−12 %"),
        (1005, 1000, "count", "up", "+0.5 %"),
        (100_000, 10, "count", "up", "+999,900 %"),
        (0, 7, "count", "down", "−100 %"),
        (1, 2_500, "count", "down", "−99.9 %"),
        (4, 1_000, "count", "down", "−99.6 %"),
        (7, 0, "count", "up", "+7"),
        (0, 0, "count", "same", "no change"),
        (100_001, 100_000, "count", "same", "no change"),
        (120, 60, "duration", "up", "+100 %"),
        (90, 0, "duration", "up", "+1.5 min"),
        (87.4, 87, "%", "up", "+0.4 points"),
        (86, 87, "%", "down", "−1 point"),
        (87.001, 87, "%", "same", "no change"),
        (4.15, 4.21, "rating", "down", "−0.06"),
    ],
)
def test_amounts_change_by_percent_and_rates_by_their_difference(
    now: float, earlier: float, unit: Unit, direction: str, word: str
) -> None:
    found = change(now, earlier, unit, "the 24 h before")
    assert (found.direction, found.word) == (direction, word)
    assert found.against == "against the 24 h before"


def test_the_earlier_value_is_told_in_full() -> None:
    assert change(2, 1234.5, "count", "the hour before").exact == "1,234.5 in the hour before"
    assert change(4, 4.21, "rating", "the 7 d before").exact == "4.21 of 5 in the 7 d before"


def test_without_an_earlier_value_nothing_is_claimed() -> None:
    assert (Change().direction, Change().word, Change().against) == ("unknown", "no comparison yet", "")
