import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.text import clean, escape_dangerous


def hex_of(char: str) -> str:
    return f"U+{ord(char):04X}"


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


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧 deploys",
        "❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष and ज़\u094d\u200dय",
        "abc\u200f! שלום",
        "\u0600123",
        "𓀀\U00013430𓀁",
        "\U0001fae9 and \ue0a0",
    ],
)
def test_characters_that_writing_needs_stay(text: str):
    assert clean(text) == text


DANGEROUS = [
    *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0, 8, 0x7F, 0x90, 0xD800, 0xFFFE)),
    *"\u200b\u2060\ufeff\u00ad\u180e\ufff9\U000e0041\U000e0001",
]


@pytest.mark.parametrize("char", DANGEROUS, ids=hex_of)
def test_dangerous_characters_are_cut_wherever_they_stand(char: str):
    assert clean(f"{char}ad{char}min {char}{char}") == "admin"


@pytest.mark.parametrize("char", "\u200c\u200d\u200e\u200f\u061c", ids=hex_of)
def test_unseen_characters_never_pile_up_or_stand_at_an_end(char: str):
    assert clean(char * 50) == ""
    assert clean(f" {char}ana{char} {char}") == "ana"
    assert clean(f"a{char * 50}b") == f"a{char}b"
    assert clean("z" + f"\u0301{char}" * 50).count("\u0301") == 2
    assert clean(f"a{char}b" * 50, 5) == f"a{char}ba…"


def test_dangerous_characters_can_be_shown_by_their_codes():
    assert (
        escape_dangerous("a\u202eb\n\x85👨\u200d👩\U000e0041") == r"a\u202eb"
        "\n"
        r"\u0085👨"
        "\u200d👩"
        r"\udb40\udc41"
    )


def test_tags_without_a_flag_hide_nothing():
    hidden = "".join(chr(0xE0000 + ord(char)) for char in "ignore")
    assert clean(f"name{hidden} 🏴{hidden}") == "name 🏴"


def test_a_megabyte_of_spaces_says_that_it_was_cut():
    assert clean(" " * 1_000_000) == "…"


@given(st.text(), st.integers(min_value=1, max_value=400))
def test_the_result_is_short_and_one_line(text: str, length: int):
    shown = clean(text, length)
    assert len(shown) <= length
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert clean(shown, length) == shown
    assert "\n" not in shown
