"""The backend's address: what is accepted, and why the rest is not."""

import httpx


def parse_base_url(url: str) -> httpx.URL:
    """The base URL of the backend, which may carry a path (``https://host/prefix/``).

    Raises:
        ValueError: for anything that is not an http(s) address of a host. The sentence does not repeat
            the address, which may hold a password.
    """
    try:
        base = httpx.URL(url.strip())
    except httpx.InvalidURL:
        base = None
    if base is None or base.scheme not in ("http", "https") or not base.host or not _is_port(base.port):
        raise ValueError("the backend URL must look like http://host:port or https://host/path")
    if base.userinfo:
        raise ValueError("the backend URL must not hold a user name or password; use a token instead")
    if base.query or base.fragment:
        raise ValueError("the backend URL must end with its path, without ? or #")
    return base


def _is_port(port: int | None) -> bool:
    return port is None or 0 < port < 2**16


def endpoint(base: httpx.URL) -> str:
    """Host and port as people write them; the port is left out where it is the scheme's own."""
    return base.netloc.decode("ascii")
