"""How far a run is, in words."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_QUARTERS = ("", "A quarter is done.", "Half is done.", "Three quarters are done.")


def about(seconds: float) -> str:
    """A length of time that is only guessed at, never told more exactly than it is known.

    >>> about(3), about(34), about(240), about(5000)
    ('a few seconds', 'about 40 s', 'about 4 min', 'about 1 h 25 min')
    """
    if seconds < 10:
        return "a few seconds"
    if seconds <= 50:
        return f"about {-(-seconds // 10) * 10:.0f} s"
    minutes = max(1, round(seconds / _MINUTE))
    if minutes < 60:
        return f"about {minutes} min"
    if seconds >= _DAY:
        return "more than a day"
    fives = round(seconds / _MINUTE / 5) * 5
    hours, rest = divmod(fives, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"


def quarter(percent: float) -> str:
    """The last quarter that was reached, as it is announced; empty before the first."""
    return _QUARTERS[min(3, max(0, int(percent // 25)))]
