"""The backend's own explanation of an error, made fit for a sentence."""

import re

from ops_dashboard.backend.redaction import redact
from ops_dashboard.domain.text import clean

LENGTH = 200

_WORKING_LENGTH = 1000
_DEEPEST = 4
"""Objects and lists within each other, in which an explanation is looked for."""
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
_KEYS = ("detail", "message", "error", "msg", "title", "reason")


def detail_of(body: object, secret: str = "") -> str:
    """What ``body`` says went wrong, on one line of at most :data:`LENGTH` characters; "" if it says nothing.

    ``detail`` may be a string, an object or the list of a 422. A backend may echo the token it was sent:
    ``secret`` is blotted out.
    """
    return tidy(_words(body), secret)


def tidy(text: str, secret: str = "") -> str:
    """Hostile text without control characters, markup and ``secret``, cut to :data:`LENGTH` characters.

    Blotting out comes after the removals, which could otherwise put a split secret together again.
    """
    plain = _TAG.sub(" ", clean(text, _WORKING_LENGTH))
    return clean(redact(plain, secret), LENGTH)


def _words(said: object, depth: int = _DEEPEST) -> str:
    match said:
        case str():
            return said
        case dict() if depth:
            told = next((said[key] for key in _KEYS if said.get(key)), None)
            return _words(told, depth - 1)
        case list() if depth:
            return "; ".join(filter(None, (_complaint(item, depth - 1) for item in said[:5])))
    return ""


def _complaint(item: object, depth: int) -> str:
    """One entry of a 422: the name of the field, then what is wrong with it."""
    words = _words(item, depth)
    place = item.get("loc") if isinstance(item, dict) else None
    last = place[-1] if isinstance(place, list) and place else None
    field = str(last) if isinstance(last, str | int) else ""
    return f"{field}: {words}" if field and words else words
