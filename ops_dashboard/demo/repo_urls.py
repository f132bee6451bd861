"""Which repository addresses the demo's ingestion accepts."""

import re

MAX_LENGTH = 2048
_SCHEMES = ("https://", "http://", "git://")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_REPOSITORY = re.compile(
    rf"{_LABEL}(?:\.{_LABEL})+(?::\d{{1,5}})?(?:/[\w.~+-]+){{2,}}/?", re.IGNORECASE | re.ASCII
)


def repository(address: str) -> str:
    """``host/owner/repo`` for an address with or without scheme.

    Raises ValueError with the backend's sentence for anything that is not a plain address of a
    repository: other schemes, credentials, shell or control characters, ``..``, too long.
    """
    if len(address) > MAX_LENGTH:
        raise ValueError(f"Repository URL is longer than {MAX_LENGTH} characters")
    bare = next((address[len(s) :] for s in _SCHEMES if address.lower().startswith(s)), address)
    if ".." in bare or not _REPOSITORY.fullmatch(bare):
        raise ValueError("Invalid repository URL format")
    return bare.rstrip("/").removesuffix(".git")
