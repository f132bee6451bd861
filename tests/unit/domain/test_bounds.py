import pytest

from ops_dashboard.domain.bounds import cut


@pytest.mark.parametrize(
    ("shown", "total", "which", "words"),
    [
        (500, 100_000, "first", "The first 500 of 100,000"),
        (200, 280, "worst", "The worst 200 of 280"),
        (0, 1, "newest", "The newest 0 of 1"),
        (3, 3, "first", ""),
        (0, 0, "first", ""),
    ],
)
def test_a_part_is_said_to_be_one(shown: int, total: int, which: str, words: str):
    assert cut(shown, total, which) == words
