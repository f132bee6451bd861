"""The token blotted out of whatever the backend says: one that repeats it would show it to everybody."""

import re

from ops_dashboard.domain.text import clean

REDACTED = "[token]"
SHORTEST = 8
"""Characters of a token that is blotted out of data: a shorter one may be a word that is meant otherwise."""


def redact(text: str, secret: str) -> str:
    """``text`` without ``secret``, in whatever letter case."""
    return re.sub(re.escape(secret), REDACTED, text, flags=re.IGNORECASE) if secret else text


def redact_data(data: object, secret: str) -> object:
    """Decoded JSON, or a text, without ``secret``: in keys as in values, also where unseen characters split it.

    Raises:
        RecursionError: the data are nested too deeply.
    """
    if len(secret) < SHORTEST:
        return data
    match data:
        case str():
            if secret.lower() in data.lower():
                data = redact(data, secret)
            if not data.isprintable() and secret.lower() in (seen := clean(data, len(data))).lower():
                return redact(seen, secret)
            return data
        case dict():
            return {str(redact_data(key, secret)): redact_data(value, secret) for key, value in data.items()}
        case list():
            return [redact_data(item, secret) for item in data]
    return data


def may_hold(content: bytes, secret: str) -> bool:
    """Whether a body may hold ``secret``, looked at quickly: written out, escaped, or split by other characters."""
    return b"\\" in content or not content.isascii() or secret.lower().encode() in content.lower()
