"""The kinds of values that say which proxies are trusted, and what they tell."""

import ipaddress
import re
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, collapse_addresses
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from ops_dashboard.setting_values import Accepts, Refused

_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
_MOST_IPV4 = 1 << 26
"""More than all that are private."""
_MOST_IPV6 = 1 << 122
"""Likewise."""
_TAKEN = frozenset({"host", "cookie", "authorization", "origin", "upgrade", "connection", "user-agent"})
"""Headers that browsers send of themselves."""


def _networks(value: object) -> object:
    if not isinstance(value, str | Sequence):
        return value
    parts = value.split(",") if isinstance(value, str) else value
    networks = tuple(
        ipaddress.ip_network(str(part).strip(), strict=False) for part in parts if str(part).strip()
    )
    ipv4 = collapse_addresses([one for one in networks if isinstance(one, IPv4Network)])
    ipv6 = collapse_addresses([one for one in networks if isinstance(one, IPv6Network)])
    if (
        sum(one.num_addresses for one in ipv4) > _MOST_IPV4
        or sum(one.num_addresses for one in ipv6) > _MOST_IPV6
    ):
        raise Refused("it names so many addresses that almost anybody could be the proxy")
    return networks or None


def _header(name: str | None) -> str | None:
    if name is None:
        return None
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError
    if name.lower() in _TAKEN:
        raise Refused("it is a header that every browser sends")
    return name


Networks = Annotated[
    tuple[IPv4Network | IPv6Network, ...] | None,
    NoDecode,
    BeforeValidator(_networks),
    Accepts("addresses or networks separated by commas, as 127.0.0.1 or 10.0.0.0/8"),
]
HeaderName = Annotated[
    str | None, AfterValidator(_header), Accepts("the name of a header, as X-Forwarded-User")
]
