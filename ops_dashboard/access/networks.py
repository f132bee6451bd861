"""Whom an address stands for: all who share its network."""

import ipaddress

_SUBNET_BITS = 64


def network_of(client: str) -> str:
    """The address itself, or the network of an IPv6 address: whoever has one of those has all of them."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if address.version == 4:
        return client
    return str(ipaddress.ip_network((address, _SUBNET_BITS), strict=False))
