"""Over which time a backend counted: the range it was asked for, or another."""

import re
from dataclasses import dataclass

from ops_dashboard.domain.series.points import SPANS, Span

_WORD = re.compile(r"(\d{1,4})\s*(m|min|h|d|w)", re.ASCII)
_SECONDS = {"m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PERIODS: dict[Span, str] = {"1h": "hour", "6h": "6 h", "24h": "24 h", "7d": "7 d"}


@dataclass(frozen=True, slots=True)
class AnsweredRange:
    """What was asked for, and what the backend says that it counted."""

    asked: Span = "1h"
    sentence: str = ""
    """For people: "Over the last 24h."; empty before the first answer."""
    is_other: bool = False
    """Whether the backend says another range than the one it was asked for, or none."""
    same_as: Span | None = None
    """The span that is as long as the range it counted; None where none is, or where it does not say."""

    @property
    def before(self) -> str:
        """The period before it, in words: "the 24 h before"."""
        return f"the {_PERIODS[self.same_as]} before" if self.same_as else ""


def answered_range(asked: Span, time_range: str | None, days: float | None) -> AnsweredRange:
    """Read the answer's own words about its range: "24h" and the like, or a number of days."""
    time_range = time_range or None
    seconds = _length(time_range) if time_range else None if days is None else days * 86_400
    same_as: Span | None = next((span for span, length in SPANS.items() if length == seconds), None)
    if same_as == asked:
        return AnsweredRange(asked, f"Over the last {_text(time_range, days)}.", same_as=same_as)
    if time_range is None and days is None:
        sentence = f"The last {asked} was asked for; the backend does not say over what time it counted."
    else:
        sentence = f"Over the last {_text(time_range, days)}. The last {asked} was asked for."
    return AnsweredRange(asked, sentence, is_other=True, same_as=same_as)


def _text(time_range: str | None, days: float | None) -> str:
    return time_range or f"{days:g} day{'' if days == 1 else 's'}"


def _length(word: str) -> int | None:
    found = _WORD.fullmatch(word.strip().lower())
    return int(found[1]) * _SECONDS[found[2]] if found else None
