"""The five displays of a figure: none may be taken for another."""

from typing import get_args

import pytest
import reflex as rx

from ops_dashboard.domain.views.figure import Display, Figure
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.figure_value import LARGE, MEDIUM, Scale, displays


class FigureHolder(rx.State):
    """Gives the figure a place in a state, as on the page."""

    figure: rx.Field[Figure] = rx.field(Figure("queue", "Worker queue"))
    figures: rx.Field[list[Figure]] = rx.field(default_factory=list)


def _rendered(scale: Scale) -> dict[Display, str]:
    return {name: str(shown) for name, shown in displays(FigureHolder.figure, scale).items()}


@pytest.mark.parametrize("scale", [LARGE, MEDIUM])
def test_every_display_has_a_look_of_its_own(scale: Scale):
    looks = _rendered(scale)
    assert looks.keys() == {*get_args(Display)}
    assert len({*looks.values()}) == len(looks)


@pytest.mark.parametrize(
    ("display", "words"),
    [("waiting", "no data yet"), ("not_reported", "not reported"), ("not_applicable", "not applicable")],
)
def test_a_display_without_a_value_says_so_in_words_and_shows_no_number(display: Display, words: str):
    look = _rendered(LARGE)[display]
    assert words in look
    assert '"text"' not in look


def test_a_stale_value_names_its_time_and_is_not_as_strong_as_a_fresh_one():
    looks = _rendered(LARGE)
    assert "as of " in looks["stale"]
    assert "text-muted" in looks["stale"]
    assert "text-fg" not in looks["stale"]
    assert "as of " not in looks["value"]


@pytest.mark.parametrize("size", ["lg", "md"])
def test_figures_of_a_list_can_be_shown(size: str):
    shown = rx.foreach(FigureHolder.figures, lambda item: figure(item, "lg" if size == "lg" else "md"))
    assert "fig:" in str(shown)
