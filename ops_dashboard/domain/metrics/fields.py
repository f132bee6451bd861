"""Field types that never lose a neighbour: one bad value is one "not reported", and one counted surprise."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from ops_dashboard.domain.status import Status, status_of
from ops_dashboard.domain.text import MESSAGE_LENGTH, NAME_LENGTH, clean, first_line
from ops_dashboard.domain.timestamps import unix_seconds

MOST_KINDS = 50
"""Different surprises kept per answer; further ones are only counted."""


class Surprises:
    """What an answer held against the contract, counted per sentence. Passed as the validation context.

    ``clock_ahead`` is how many seconds the clock is ahead by which its moments were told.
    """

    def __init__(self, clock_ahead: float = 0.0) -> None:
        self.clock_ahead = clock_ahead
        self._counts: Counter[str] = Counter()

    def note(self, sentence: str) -> None:
        """Count one surprise."""
        if sentence in self._counts or len(self._counts) < MOST_KINDS:
            self._counts[sentence] += 1
        else:
            self._counts["further surprises"] += 1

    @property
    def total(self) -> int:
        """How many surprises there were."""
        return self._counts.total()

    def sentences(self) -> tuple[str, ...]:
        """Each surprise once, with how often it came, the most frequent first."""
        return tuple(f"{text} (x{n:,})" if n > 1 else text for text, n in self._counts.most_common())


class Report(BaseModel):
    """What one call reported. Frozen; unknown fields are ignored; every field may be missing."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=False)


def reported(*paths: str) -> Any:
    """A field found at the first of these dotted paths that the body has.

    >>> class Pool(Report):
    ...     active: Count = reported("connection_pool.active", "connection_pool.checked_out")
    """
    return Field(default=None, validation_alias=AliasChoices(*(AliasPath(*p.split(".")) for p in paths)))


def surprise(info: ValidationInfo, expected: str, value: object) -> None:
    """Note that a field held something else than expected."""
    if isinstance(info.context, Surprises):
        info.context.note(f"{info.field_name}: expected {expected}, got {_kind(value)}")


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int | float):
        return "a negative number" if value < 0 else "a number out of range"
    return {str: "text", list: "a list", dict: "an object"}.get(type(value), "nothing usable")


def _number(expected: str, low: float, high: float) -> Callable[[object, ValidationInfo], float | None]:
    def read(value: object, info: ValidationInfo) -> float | None:
        if value is None:
            return None
        number = _from_text(value) if isinstance(value, str) else value
        if isinstance(number, bool) or not isinstance(number, int | float):
            surprise(info, expected, value)
            return None
        if not low <= number <= high:  # NaN fails every comparison
            surprise(info, expected, value)
            return None
        if isinstance(value, str):
            # A number sent as text is still what the backend says: it is shown, and counted.
            surprise(info, expected, value)
        return number + 0.0  # no minus before a zero

    return read


def _from_text(text: str) -> float | None:
    try:
        return float(text) if len(text) < _LONGEST_NUMBER else None
    except ValueError:
        return None


_LONGEST_NUMBER = 40


_LARGEST = 1e15
"""Beyond this a float no longer counts by ones, and no metric of ours is meant."""


def _text(length: int) -> Callable[[object, ValidationInfo], str | None]:
    def read(value: object, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            surprise(info, "text", value)
            return None
        return clean(value, length) or None

    return read


def _first_line(value: object) -> str | None:
    return first_line(value) or None if isinstance(value, str) else None


def _flag(value: object, info: ValidationInfo) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    surprise(info, "yes or no", value)
    return None


def _moment(value: object, info: ValidationInfo) -> float | None:
    if value is None or value == "":
        return None
    seconds = unix_seconds(value)
    if seconds is None:
        surprise(info, "a time", value)
        return None
    return seconds - info.context.clock_ahead if isinstance(info.context, Surprises) else seconds


def _status(value: object, info: ValidationInfo) -> Status:
    if value is not None and not isinstance(value, str):
        surprise(info, "a status word", value)
    return status_of(value)


Amount = Annotated[float | None, BeforeValidator(_number("a number from 0", 0, _LARGEST))]
Percent = Annotated[float | None, BeforeValidator(_number("a percentage", 0, 100))]
Rating = Annotated[float | None, BeforeValidator(_number("a rating from 1 to 5", 1, 5))]
Name = Annotated[str | None, BeforeValidator(_text(NAME_LENGTH))]
Message = Annotated[str | None, BeforeValidator(_text(MESSAGE_LENGTH))]
Headline = Annotated[str | None, BeforeValidator(_first_line)]
"""The first line of a message: the rest of a driver's text is for who looks closer."""
Flag = Annotated[bool | None, BeforeValidator(_flag)]
Moment = Annotated[float | None, BeforeValidator(_moment)]
StatusWord = Annotated[Status | None, BeforeValidator(_status)]
