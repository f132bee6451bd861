"""How far a worker is, out of the words in which it says so."""

import pytest

from ops_dashboard.domain.activity import progress


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("Training… 40%", 40.0),
        ("Training Graph on github.com/acme/search-core 0%", 0.0),
        ("embedding 99.5 % of 1200 files", 99.5),
        ("100% done", 100.0),
        ("Idle", None),
        ("", None),
        ("Training on github.com/acme/100%25-off", None),
        ("Training 40 %, GPU at 93 %", None),
        ("Error: disk 95% full", None),
        ("Training 140%", None),
        ("Step 3 of 10", None),
        ("-5%", None),
    ],
)
def test_one_percentage_is_the_progress_and_anything_else_is_none(words: str, percent: float | None):
    assert progress(words) == percent
