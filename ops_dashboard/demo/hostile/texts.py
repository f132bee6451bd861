"""Texts that would do something if they were taken for more than text."""

from typing import Any

MARKUP = '<img src=x onerror="alert(1)">'
SCRIPT = "</script><script>alert('ops')</script>"
LINK = "javascript:alert(document.domain)"
BIDI = "safe\u202egnp.exe\u202c"
RIGHT_TO_LEFT = "שירות 12 החיפוש"
CONTROL = "line one\nline two\ttab\x1b[31m red"
TERMINAL = "\x1b[2J\x1b]0;owned\x07\x1b[31;1mALL IS WELL\x1b[0m\r\nlevel=info event=forged\x00\x08\x9b2J"
SURROGATE = "half \ud800 a character"
TOWER = "".join(char + "\u0301\u0316\u0489\u033e" * 60 for char in "zalgo")
"""Two hundred and forty marks on each letter."""
WIDE = "\ufdfd\U00012219" * 12
"""Characters several times as wide as others."""
LONG = "m" * 50_000
MEGABYTE = "M" * 1_000_000
FORMULAS = (
    '=HYPERLINK("http://localhost/","x")',
    "+1+1",
    "-2+3",
    "@SUM(1;1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "a;=1+1",
)
ALIKE = ("twin", "twin\u200b", "twin\u202e", "twin\x00", " twin ")
"""Five names of which one is left once they are cleaned."""

ODD_NAMES = (
    MARKUP,
    SCRIPT,
    LINK,
    BIDI,
    RIGHT_TO_LEFT,
    CONTROL,
    TERMINAL,
    SURROGATE,
    TOWER,
    WIDE,
    LONG,
    *FORMULAS,
    *ALIKE,
    "",
    " ",
    "__proto__",
    "constructor",
    "名前",
    "{{7*7}}",
    "a.b/c?d#e",
)

ODD_TIMES: tuple[Any, ...] = (
    "",
    None,
    "yesterday",
    "2026-13-45T99:99:99Z",
    "2026-03-01T12:00:00",
    "2026-03-01T12:00:00+05:45",
    "2026-03-01 12:00:00",
    1_772_366_400,
    1_772_366_400_000,
    -1,
    "9999-12-31T23:59:59.999999Z",
    ["2026-03-01"],
)
