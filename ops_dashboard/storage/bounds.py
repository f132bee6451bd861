"""Text and names fit for a column: of a sane length, and without what a database cannot hold."""

from hashlib import sha256

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.text import clean

LONGEST_TEXT = 500
LONGEST_NAME = 120
_DIGITS = 12


class TooLong(ValueError):
    """Something cannot be kept, since it takes too many characters."""


def bounded_text(text: str) -> str:
    """``text`` on one line of at most :data:`LONGEST_TEXT` characters; what the alerts say is left as it is."""
    return clean(text, LONGEST_TEXT)


def bounded_name(name: str) -> str:
    """``name`` itself where it is fit; otherwise a legible part of it, by a digest distinct from any other."""
    if (fit := clean(name, LONGEST_NAME)) == name:
        return name
    digest = sha256(name.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    return f"{clean(fit, LONGEST_NAME - _DIGITS - 1)}~{digest}"


def bounded_key(key: Key) -> Key:
    """``key`` by the names under which it is stored."""
    return Key(bounded_name(key.rule_id), bounded_name(key.target))
