"""Contrast of the design tokens, computed from the stylesheet by the formula of WCAG 2."""

import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).parents[3] / "assets" / "tokens.css"

SURFACES = ("page", "surface", "raised", "track", "ok-bg", "warn-bg", "crit-bg", "info-bg")
TEXTS = ("fg", "muted", "accent", "ok", "warn", "crit", "info")
MARKS = ("faint", "accent", "s1", "s2", "s3", "c1", "c2", "c3", "c4")
FILLS = ("fg", "muted", "accent", "crit")
"""Grounds on which text has the colour of the page: buttons, the chosen radio, the "not updating" bar."""


def _tokens(selector: str) -> dict[str, str]:
    block = re.search(
        rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLESHEET.read_text(), re.MULTILINE | re.DOTALL
    )
    assert block is not None, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


THEMES = {"light": _tokens(":root"), "dark": _tokens(":root.dark")}


def test_the_formula_gives_the_known_extremes():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_dark_theme_defines_every_colour_of_the_light_one():
    assert THEMES["dark"].keys() == THEMES["light"].keys() >= {*SURFACES, *TEXTS, *MARKS}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_reaches_4_5_to_1_on_every_surface(theme: str, surface: str, text: str):
    assert _contrast(THEMES[theme][text], THEMES[theme][surface]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_reach_3_to_1_on_every_surface(theme: str, surface: str, mark: str):
    assert _contrast(THEMES[theme][mark], THEMES[theme][surface]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("fill", FILLS)
def test_text_on_a_filled_ground_reaches_4_5_to_1(theme: str, fill: str):
    assert _contrast(THEMES[theme]["page"], THEMES[theme][fill]) >= 4.5
