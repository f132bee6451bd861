"""How the past judges the present: trends, anomalies and their marks, each computed only when it may differ."""

from collections import Counter

import pytest

from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.chart_marks import marks_of
from ops_dashboard.domain.views.figure import Figure, Past
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.past import past_of
from ops_dashboard.monitor import history as module
from ops_dashboard.monitor.history import History
from tests.snapshots import NOW
from tests.unit.monitor.pages import P95, figure, page_of

CALM = 40


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each figure was judged."""
    counts = Counter[str]()

    def counting(one: Figure, store: Store, now: float) -> Past | None:
        counts[one.key] += 1
        return past_of(one, store, now)

    monkeypatch.setattr(module, "past_of", counting)
    return counts


def calm() -> History:
    """A history of twenty minutes in which p95 was 200 ms, up to now."""
    history = History()
    for n in range(CALM):
        read(history, 200.0, n - CALM)
    return history


def read(history: History, value: float, step: int, **more: str) -> Past:
    """The past of p95 once it was read, ``step`` times 30 s from now."""
    at = NOW + 30 * step
    [shown] = history.remember(page_of(figure(value, at, **more)), at).key_metrics
    assert shown.past is not None
    return shown.past


def marks(history: History, step: int) -> tuple[Mark, ...]:
    return marks_of([P95], history.anomalies.episodes(NOW + 30 * step - 3_600), ())


def test_a_spike_is_an_anomaly_with_its_second_sample_and_marked_while_it_lasts():
    history = calm()
    assert read(history, 300.0, 0).anomaly == ""
    assert marks(history, 0) == ()
    assert read(history, 310.0, 1).anomaly.startswith("p95 310 ms, usual 200 ms")
    [mark] = marks(history, 1)
    assert (mark.key, mark.at, mark.until, mark.kind) == (P95, NOW, 0, "anomaly")
    assert mark.label.startswith("p95 310 ms, usual 200 ms")


def test_its_mark_stays_after_it_has_ended_and_says_when_it_did():
    history = calm()
    pasts = [read(history, value, step) for step, value in enumerate([300.0, 310.0, 200.0, 200.0])]
    assert [past.anomaly != "" for past in pasts] == [False, True, True, False]
    [mark] = marks(history, 3)
    assert (mark.at, mark.until) == (NOW, NOW + 90)
    assert marks_of([P95], history.anomalies.episodes(NOW + 90), ()) == ()


def test_only_the_series_asked_for_are_marked():
    history = calm()
    read(history, 300.0, 0)
    read(history, 310.0, 1)
    assert marks_of(["performance.p50"], history.anomalies.episodes(0), ()) == ()
    assert marks_of([], history.anomalies.episodes(0), ()) == ()


def test_missing_data_neither_begins_nor_ends_an_anomaly():
    history = calm()
    read(history, 300.0, 0)
    read(history, 310.0, 1)
    at = NOW + 30
    for step in range(2, 9):
        gone = page_of(figure(310.0, at, display="stale"))
        [shown] = history.remember(gone, NOW + 30 * step).key_metrics
        assert shown.past is not None and shown.past.anomaly == "", "nobody knows what it has become"
        history.remember(PageView(), NOW + 30 * step)
    [mark] = marks(history, 9)
    assert mark.until == 0


def test_a_figure_is_not_judged_again_without_a_new_sample(asked: Counter[str]):
    history = calm()
    asked.clear()
    first = read(history, 200.0, 0)
    assert asked[P95] == 1
    for later in (0.1, 1, 29):
        [shown] = history.remember(page_of(figure(200.0, NOW)), NOW + later).key_metrics
        assert shown.past is first
    assert asked[P95] == 1


def test_a_figure_in_two_places_is_judged_once(asked: Counter[str]):
    history = History()
    history.remember(page_of(figure(200.0), figure(200.0)), NOW)
    assert asked == {P95: 1}


def test_samples_of_every_second_are_judged_every_five_seconds(asked: Counter[str]):
    history = calm()
    read(history, 200.0, 0)
    asked.clear()
    for second in range(1, 11):
        history.remember(page_of(figure(200.0, NOW + second)), NOW + second)
    assert asked[P95] == 2


def test_a_judgement_grows_old_with_the_clock(asked: Counter[str]):
    history = calm()
    read(history, 200.0, 0)
    asked.clear()
    history.remember(page_of(figure(200.0, NOW)), NOW + 30)
    assert asked[P95] == 1


def test_a_figure_that_becomes_stale_is_judged_anew(asked: Counter[str]):
    history = calm()
    read(history, 200.0, 0)
    asked.clear()
    [shown] = history.remember(page_of(figure(200.0, NOW, display="stale")), NOW + 1).key_metrics
    assert asked[P95] == 1
    assert shown.past is not None and shown.past.trend.direction == "unknown"


def test_a_past_that_is_adopted_is_judged_by(asked: Counter[str]):
    older, history = calm().store, History()
    assert read(history, 810.0, 0).anomaly == ""
    history.adopt(older)
    assert read(history, 812.0, 1).anomaly.startswith("p95 812 ms, usual 200 ms")
    assert asked[P95] >= 2


def test_a_clock_put_back_forgets_the_anomaly_that_lies_after_it():
    history = calm()
    read(history, 300.0, 0)
    read(history, 310.0, 1)
    assert len(marks_of([P95], history.anomalies.episodes(0), ())) == 1
    for step in range(-20, -10):
        read(history, 200.0, step)
    assert marks_of([P95], history.anomalies.episodes(0), ()) == ()
