import pytest

from ops_dashboard.domain.status import Status, status_of, worst


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("ok", Status.HEALTHY),
        ("Healthy", Status.HEALTHY),
        (" online ", Status.HEALTHY),
        ("warning", Status.DEGRADED),
        ("degraded", Status.DEGRADED),
        ("down", Status.DOWN),
        ("unhealthy", Status.DOWN),
        ("error", Status.DOWN),
        ("offline", Status.DOWN),
        ("not_applicable", Status.NOT_APPLICABLE),
        ("great", Status.UNKNOWN),
        ("", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        (200, Status.UNKNOWN),
        (["ok"], Status.UNKNOWN),
    ],
)
def test_it_maps_the_words_of_the_contract(word: object, status: Status):
    assert status_of(word) is status


def test_unknown_is_worse_than_healthy_and_what_does_not_apply_is_not_judged():
    assert worst([Status.HEALTHY, Status.UNKNOWN]) is Status.UNKNOWN
    assert worst([Status.HEALTHY, Status.NOT_APPLICABLE]) is Status.HEALTHY
    assert worst([Status.DOWN, Status.DEGRADED]) is Status.DOWN


def test_nothing_to_judge_by_is_unknown():
    assert worst([]) is Status.UNKNOWN
    assert worst([Status.NOT_APPLICABLE]) is Status.UNKNOWN
