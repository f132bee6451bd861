"""The kinds of values that settings take, each with the sentence that says what is accepted."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")
"""With underscores: DNS has them, and compose makes names of services with them."""
_MODULE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_MOST_MODULES = 200
_SHORTEST_LOGIN_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Accepts:
    """Annotation of a setting: completes the sentence "it must be …"."""

    text: str
    # Whether a refused value may be repeated to the user; not when it may hold a secret.
    shown: bool = True


class Refused(ValueError):
    """A value is refused for the reason given; the reason repeats nothing of the value."""


def is_host(text: str) -> bool:
    """Whether this is a host name or an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= 253 and _HOST_NAME.fullmatch(text) is not None
    return True


def is_loopback(host: str) -> bool:
    """Whether a host name or address is that of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _host(text: str) -> str:
    if not is_host(text):
        raise ValueError
    return text


def _url(text: str | None) -> str | None:
    if text is None:
        return None
    text = text.strip()
    # Checked first: the parser drops line breaks and tabs without a word.
    if not text.isprintable() or " " in text or "\\" in text:
        raise ValueError
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        raise Refused("it holds credentials; give the token in OPS_BACKEND_TOKEN instead")
    if parts.query or parts.fragment or text.endswith(("?", "#")):
        raise Refused("it has a query or a fragment; only a base address is wanted")
    # Reading the port refuses one that is no number or out of range.
    if parts.scheme not in ("http", "https") or parts.port == 0 or not is_host(parts.hostname or ""):
        raise ValueError
    return text.rstrip("/")


def _token(secret: SecretStr | None) -> SecretStr | None:
    if secret is None:
        return None
    text = secret.get_secret_value().strip()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError
    return SecretStr(text) if text else None


def _login_token(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and len(secret.get_secret_value().strip()) < _SHORTEST_LOGIN_TOKEN:
        raise Refused(f"it is shorter than {_SHORTEST_LOGIN_TOKEN} characters, so it could be guessed")
    return _token(secret)


def _interval(seconds: float) -> float:
    if seconds != 0 and not 0.2 <= seconds <= 60:
        raise ValueError
    return seconds


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    names = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    # The names become parts of addresses, where dots alone would mean another directory.
    well_formed = all(_MODULE_NAME.fullmatch(name) and name.strip(".") for name in names)
    if not 1 <= len(names) <= _MOST_MODULES or not well_formed:
        raise ValueError
    return names


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


HostName = Annotated[
    str, AfterValidator(_host), Accepts("a host name or an IP address, as 127.0.0.1 or 0.0.0.0")
]
BaseUrl = Annotated[
    str | None,
    AfterValidator(_url),
    Accepts("an http or https address, as https://api.example.com", shown=False),
]
Token = Annotated[
    SecretStr | None,
    AfterValidator(_token),
    Accepts("printable ASCII characters without spaces", shown=False),
]
LoginToken = Annotated[
    SecretStr | None,
    AfterValidator(_login_token),
    Accepts("16 or more printable ASCII characters without spaces", shown=False),
]
IntervalOrOff = Annotated[
    float, AfterValidator(_interval), Accepts("0 for never, or a number of seconds from 0.2 to 60")
]
ModuleNames = Annotated[
    tuple[str, ...],
    NoDecode,
    BeforeValidator(_names),
    Accepts(
        f"1 to {_MOST_MODULES} names separated by commas, each of up to 64 letters, digits, dots, - or _"
    ),
]
Lowered = BeforeValidator(_lower)
