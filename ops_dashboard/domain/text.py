"""Hostile text made fit to show: nothing that hides or reorders other text, one line, a sane length."""

import json
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


_BLANK = re.compile(
    "[\\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d159\U00016fe4]"
)
"""Blanks, and characters that look like one though they count as letters or symbols: fillers, an empty Braille cell."""
_JOINERS = _JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner: emoji, Persian and Hindi are spelt with them."""
_UNSEEN = _JOINERS + "\u200e\u200f\u061c"
"""What stays within a text though it has no shape: the joiners, and the marks of direction, which reorder no
other letters. One in a row says all that several would."""
_DANGEROUS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)"  # the flag of a region stays
    "|[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, but the newline
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides and isolates of direction
    "\xad\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # no shape
    "\U000e0000-\U000e0fff"  # tags: a text in the text
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all
)


def escape_dangerous(text: str) -> str:
    """``text`` with the codes, as JSON writes them, of what can hide, reorder or break other text.

    What a language needs to be written stays.
    """
    return _DANGEROUS.sub(lambda found: found[1] or json.dumps(found[0])[1:-1], text)


def first_line(text: str, length: int = MESSAGE_LENGTH) -> str:
    """The first line of ``text`` that says anything, made fit to show as by :func:`clean`."""
    lines = (clean(line, length) for line in text[: 4 * length].splitlines())
    return next(filter(None, lines), "")


def clean(text: str, length: int = MESSAGE_LENGTH) -> str:
    """``text`` on one line, without terminal commands, dangerous and stacked combining characters, cut with an
    ellipsis.

    Only the first ``4 * length`` characters are looked at, so that a megabyte costs no more than a line.
    """
    shown: list[str] = []
    marks = 0
    one_line = _SPACE.sub(" ", _TERMINAL.sub("", text[: 4 * length]))
    for char in _DANGEROUS.sub(r"\1", one_line):
        if char in _UNSEEN:
            if shown and shown[-1] not in _UNSEEN:
                shown.append(char)
        else:
            is_mark = unicodedata.category(char) in _MARKS or unicodedata.combining(char)
            marks = marks + 1 if is_mark else 0
            if marks < _MARKS_IN_A_ROW:
                shown.append(char)
    line = _SPACE.sub(" ", "".join(shown)).strip(f" {_UNSEEN}")
    if len(line) <= length and len(text) <= 4 * length:
        return line
    return line[: length - 1].rstrip(f" {_UNSEEN}") + "…"


def person_name(text: str) -> str:
    """``text`` as a person's name of at most :data:`NAME_LENGTH` characters; "" where nothing of it would be seen."""
    name = clean(text, NAME_LENGTH)
    seen = [char for char in _BLANK.sub("", name) if unicodedata.category(char)[0] in "LNPS"]
    return name if seen else ""
