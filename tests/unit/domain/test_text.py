import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.text import clean


def test_markup_stays_text_and_lines_become_one():
    assert clean("<b>search</b>\n\tis  slow") == "<b>search</b> is slow"


def test_control_and_bidi_characters_are_left_out():
    assert clean("a\x1b[31mb\u202ec\u0000d") == "abcd"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m alert", "red alert"),
        ("\x9b2Jcleared", "cleared"),
        ("\x1b]0;owned\x07title", "title"),
        ("\x1b]8;;http://localhost/\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\picture", "picture"),
        ("\x1b(Bletters\x1bc", "letters"),
        ("\x1b[38;5;", "[38;5;"),
        ("a\x1b", "a"),
        ("plain [31m", "plain [31m"),
    ],
)
def test_commands_to_a_terminal_are_left_out_whole(said: str, shown: str):
    assert clean(said) == shown


def test_commands_without_end_cost_no_more_than_their_text():
    assert clean("\x1b]" * 500_000, 80) == "]" * 79 + "…"


def test_long_text_is_cut_with_an_ellipsis():
    assert clean("x" * 50_000, 80) == "x" * 79 + "…"


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u0e4a", "\u064b", "\U0001d165"])
def test_no_tower_of_marks_stands_on_a_character(mark: str):
    assert len(clean("z" + mark * 500)) <= 3


def test_marks_that_a_language_needs_stay():
    for text in ("Việt Nam", "à la carte", "हिन्दी", "שָׁלוֹם", "مُحَمَّد"):
        assert clean(text) == text


def test_a_megabyte_of_spaces_says_that_it_was_cut():
    assert clean(" " * 1_000_000) == "…"


@given(st.text(), st.integers(min_value=1, max_value=400))
def test_the_result_is_short_and_one_line(text: str, length: int):
    shown = clean(text, length)
    assert len(shown) <= length
    assert not any(unicodedata.category(char)[0] == "C" for char in shown)
    assert "\n" not in shown
