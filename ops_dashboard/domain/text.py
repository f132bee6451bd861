"""Hostile text made fit to show: no control or bidi characters, one line, a sane length."""

import re
import unicodedata

NAME_LENGTH = 80
MESSAGE_LENGTH = 300

_SPACE = re.compile(r"\s+")
_TERMINAL = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90-\x9f]*(?:\x07|\x1b\\|\x9c)"  # titles and the like
    r"|\x1b[ -/]*[0-Z\\^-~]"
)
"""Commands to a terminal (ECMA-48): without their first character they would be noise in the words."""
_MARKS = ("Mn", "Me")
"""Characters drawn onto the one before: a tower of them covers the lines above and below."""
_MARKS_IN_A_ROW = 3


def first_line(text: str, length: int = MESSAGE_LENGTH) -> str:
    """The first line of ``text`` that says anything, made fit to show as by :func:`clean`."""
    lines = (clean(line, length) for line in text[: 4 * length].splitlines())
    return next(filter(None, lines), "")


def clean(text: str, length: int = MESSAGE_LENGTH) -> str:
    """``text`` on one line, without terminal commands, control, bidi and stacked combining characters, cut with
    an ellipsis.

    Only the first ``4 * length`` characters are looked at, so that a megabyte costs no more than a line.
    """
    shown: list[str] = []
    marks = 0
    for char in _TERMINAL.sub("", text[: 4 * length]):
        category = unicodedata.category(char)
        if char.isspace():
            shown.append(" ")
        elif category[0] == "C":
            continue
        marks = marks + 1 if category in _MARKS or unicodedata.combining(char) else 0
        if marks < _MARKS_IN_A_ROW and not char.isspace():
            shown.append(char)
    line = _SPACE.sub(" ", "".join(shown)).strip()
    if len(line) <= length and len(text) <= 4 * length:
        return line
    return line[: length - 1].rstrip() + "…"
