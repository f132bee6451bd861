"""ML models: a card each, in every dialect and for every kind of body."""

from typing import Any

import pytest

from ops_dashboard.demo.hostile.texts import LONG, MARKUP
from ops_dashboard.domain.views.judges import judge_of
from ops_dashboard.domain.views.models import MODELS_TABLE, MOST_CARDS, MOST_DRAWN, ModelsPanel
from ops_dashboard.domain.views.readings import readings
from ops_dashboard.domain.views.table import table_rows
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, failing, page, read, snapshot

EXPECTED = ["embedding", "summarizer", "classifier"]
FULL = {
    "loaded": True,
    "inference_time_ms": 18.25,
    "memory_mb": 1270,
    "error_rate": 0.12,
    "last_inference": "2026-11-23T08:00:00Z",
}


def models(reported: object, **further: Any) -> ModelsPanel:
    return page({"model_health": {"models": reported}, **further}).models


def texts(card: Any) -> tuple[str, ...]:
    return tuple(figure.text or figure.display for figure in card.figures)


def test_a_card_says_all_that_is_reported_of_a_model() -> None:
    card = models({"embedding": FULL}).cards[0]
    assert (card.name, card.status, card.word) == ("embedding", "healthy", "Loaded")
    assert texts(card) == ("18.2", "1,270", "0.12")
    assert [figure.unit for figure in card.figures] == ["ms", "MB", "%"]
    assert card.last_inference == 1_795_420_800 and card.is_known


def test_expected_models_are_always_there_and_others_follow() -> None:
    cards = models({"ncf": FULL, "classifier": FULL}).cards
    assert [card.name for card in cards] == [*EXPECTED, "ncf"]
    assert [card.word for card in cards] == ["Not reported", "Not reported", "Loaded", "Loaded"]
    assert {figure.display for figure in cards[0].figures} == {"not_reported"}
    assert not cards[0].is_known


@pytest.mark.parametrize(
    ("model", "status", "word", "inference"),
    [
        ({"loaded": True}, "healthy", "Loaded", "not_reported"),
        ({"loaded": False, "inference_time_ms": 17}, "down", "Not loaded", "not loaded"),
        ({"loaded": False}, "down", "Not loaded", "not loaded"),
        ({"inference_time_ms": 0}, "unknown", "State not reported", "0"),
        ({"loaded": "yes", "memory_mb": 3}, "unknown", "State not reported", "not_reported"),
        ({}, "unknown", "Not reported", "not_reported"),
        (None, "unknown", "Not reported", "not_reported"),
        ([], "unknown", "Not reported", "not_reported"),
    ],
)
def test_the_state_of_a_model(model: object, status: str, word: str, inference: str) -> None:
    card = models({"embedding": model}).cards[0]
    assert (card.status, card.word, texts(card)[0]) == (status, word, inference)


def test_before_the_first_answer_the_expected_ones_wait() -> None:
    panel = page().models
    assert [(card.name, card.word) for card in panel.cards] == [(name, "No data yet") for name in EXPECTED]
    assert {figure.display for figure in panel.all_figures()} == {"waiting"}


@pytest.mark.parametrize("condition", ["all-up-busy", "fresh-no-redis-no-celery"])
def test_what_does_not_apply_has_its_reason_once_and_a_failing_source_says_so(condition: str) -> None:
    ml = read("ml_health", recorded(condition, "ml_health"))
    panel = page(states=[ml, failing("model_health", "failed (HTTP 500)")]).models
    assert panel.freshness.reason == "failed (HTTP 500)"
    assert [card.word for card in panel.cards] == ["Not applicable"] * 3
    assert {figure.display for figure in panel.all_figures()} == {"not_applicable"}
    assert panel.status == "not_applicable" and "module removed" in panel.message


def test_a_fresh_system_reports_no_model() -> None:
    panel = models({}, ml_health={"status": "not_applicable", "message": "No model has been loaded yet"})
    assert [card.word for card in panel.cards] == ["Not reported"] * 3
    assert (panel.status, panel.message) == ("not_applicable", "No model has been loaded yet")


def test_a_call_the_backend_does_not_have_is_not_reported() -> None:
    gone = failing("model_health", "does not offer this call (HTTP 404)", not_offered=True)
    panel = page(states=[gone]).models
    assert {card.word for card in panel.cards} == {"Not reported"}


def test_a_failing_source_leaves_the_cards_stale_with_its_reason() -> None:
    old = read("model_health", {"models": {"embedding": FULL}}, failures=2, reason="failed (HTTP 500)")
    panel = page(states=[old]).models
    assert {figure.display for figure in panel.cards[0].figures} == {"stale"}
    assert (panel.freshness.display, panel.freshness.reason) == ("stale", "failed (HTTP 500)")


def test_of_very_many_the_unloaded_ones_have_a_card_and_all_stand_in_the_table() -> None:
    crowd = {f"m{n:05}": FULL for n in range(5_000)} | {"broken": {"loaded": False}}
    known = snapshot({"model_health": {"models": crowd}})
    panel = models(crowd)
    assert len(panel.cards) == MOST_CARDS and panel.cards[3].name == "broken"
    assert panel.more == 5_001 + 3 - MOST_CARDS and panel.table.count == 5_001
    rows = table_rows(MODELS_TABLE, known)
    assert rows[0] == ("m00000", True, 18.25, 1270, 0.12, 1_795_420_800)
    assert rows[-1] == ("broken", False, None, None, None, None)
    assert not any(panel.draws(figure) for figure in panel.all_figures())


def test_a_line_for_each_model_in_the_chart_six_at_most() -> None:
    chart = models({f"m{n}": FULL for n in range(9)} | dict.fromkeys(EXPECTED, FULL)).charts[0]
    assert [line.label for line in chart.lines] == [*EXPECTED, "m0", "m1", "m2"]
    assert chart.lines[0].key == "models.embedding" and chart.unit == "ms"


def test_sparklines_are_of_inference_times() -> None:
    panel = models({"ncf": FULL})
    assert [f.key for f in panel.all_figures() if panel.draws(f)] == [f"models.{c.name}" for c in panel.cards]
    many = models({f"m{n}": FULL for n in range(MOST_DRAWN)})
    assert not any(many.draws(figure) for figure in many.all_figures())


def test_no_two_numbers_share_a_past_whatever_the_models_are_called() -> None:
    names = ["a", "a.memory", "a.errors", "a.memory:"]
    keys = [
        reading.key for reading in readings(page({"model_health": {"models": dict.fromkeys(names, FULL)}}))
    ]
    assert len(set(keys)) == len(keys) == 3 * len(names)
    assert all(judge_of(key) for key in keys)
    assert {"models.a", "models.a.memory", "models.a.errors"} <= set(keys)


def test_hostile_names_and_values_are_cut_and_counted_as_not_reported() -> None:
    odd = {"inference_time_ms": "fast", "memory_mb": -1, "error_rate": 101, "last_inference": "yesterday"}
    panel = models({MARKUP: {**odd, "loaded": True}, LONG: FULL, "": FULL})
    card = next(card for card in panel.cards if card.name == MARKUP)
    assert texts(card) == ("not_reported",) * 3 and card.last_inference == 0
    assert max(len(card.name) for card in panel.cards) <= 80


def test_the_demo_has_a_card_for_each_model() -> None:
    panel = page(demo_bodies()).models
    assert [card.word for card in panel.cards] == ["Loaded"] * 4
    assert panel.table.count == 4 and panel.more == 0
    assert {figure.at for figure in panel.all_figures()} == {NOW}
