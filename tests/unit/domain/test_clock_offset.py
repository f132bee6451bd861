import pytest

from ops_dashboard.domain.clock_offset import ClockOffset


def after(*answers: float) -> float:
    clock = ClockOffset()
    for ahead in answers:
        clock.add(ahead)
    return clock.ahead


@pytest.mark.parametrize("ahead", [7_200.0, -7_200.0, 90.0, -9.0])
def test_first_answer_tells_wrong_clock(ahead: float) -> None:
    assert after(ahead) == ahead


@pytest.mark.parametrize("answers", [(), (1.2,), (-3.0, 2.0), (4.4, 4.9, -4.9)])
def test_few_seconds_are_no_wrong_clock(answers: tuple[float, ...]) -> None:
    assert after(*answers) == 0.0


def test_single_answers_that_were_held_up_do_not_count() -> None:
    assert after(0.3, -0.4, 0.1, -60.0, -45.0, 0.2) == 0.0
    assert after(600.2, 599.8, 540.0, 600.4) == 600.0


def test_estimate_stays_while_answers_waver() -> None:
    clock = ClockOffset()
    seen = set()
    for ahead in (600.4, 601.6, 598.9, 600.0, 601.9, 599.1, 601.8, 598.6):
        clock.add(ahead)
        seen.add(clock.ahead)
    assert seen == {600.0}


def test_clock_that_was_set_right_is_right_again() -> None:
    assert after(*[600.0] * 9, *[0.2] * 5) == 0.0


def test_clock_at_the_bound_does_not_flip() -> None:
    clock = ClockOffset()
    seen = []
    for ahead in (5.5, 4.6, 5.4, 4.5, 4.4, 4.5):
        clock.add(ahead)
        seen.append(clock.ahead)
    assert len(set(seen)) == 1 and seen[0] > 0
