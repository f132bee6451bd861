"""Parts of a body that are written as they stand: what Python would not write, or not a hundred thousand times.

In the data, a part is a text that names it, as an entry of a list, as a value, or as the key of a null. It takes
its place once the data are bytes. Each part is made once.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

CROWD = 100_000


def _listed(entry: Callable[[int], Any]) -> bytes:
    """The crowd as the entries of a list."""
    return ",".join(json.dumps(entry(n), separators=(",", ":")) for n in range(CROWD)).encode()


def _named(name: str, value: Callable[[int], Any]) -> bytes:
    """The crowd as the entries of an object."""
    return json.dumps({f"{name}{n}": value(n) for n in range(CROWD)}, separators=(",", ":"))[1:-1].encode()


_PARTS: dict[str, Callable[[], bytes]] = {
    "tables": lambda: _named("table_", lambda _: {}),
    "types": lambda: _named("made.up.", lambda n: n),
    "services": lambda: _named("service-", lambda n: "healthy" if n % 3 else "down: no answer"),
    "models": lambda: _named("model-", lambda _: {"loaded": True}),
    "scores": lambda: _named("recommender-", lambda _: {"f1_score": 0.5}),
    "slow_queries": lambda: _listed(lambda n: {"query": f"SELECT {n}", "duration_ms": n}),
    "keys": lambda: _listed(lambda n: {"key": f"user:{n}", "hits": n}),
    "jobs": lambda: _listed(lambda n: {"job_id": f"crowd-{n}", "repo_url": f"github.com/crowd/{n}"}),
    "events": lambda: _listed(lambda n: {"name": f"crowd.{n % 9}", "timestamp": 1_772_000_000 + n}),
    "tests": lambda: _listed(lambda n: {"name": f"test {n}", "users": n}),
    "deep": lambda: b"[" * 500 + b"]" * 500,
    "huge_integer": lambda: b"9" * 5_001,
    "beyond_floats": lambda: b"-1e999",
    "twice": lambda: b'"size_mb":1,"size_mb":2,"size_mb":3',
}
_TOKEN = re.compile(rb'"@@(%s)@@"(?::null)?' % "|".join(_PARTS).encode())


def part(name: str) -> str:
    """What stands in the data for the part of that name.

    Raises:
        ValueError: there is no such part.
    """
    if name not in _PARTS:
        raise ValueError(f"there is no part {name!r}")
    return f"@@{name}@@"


def written(content: bytes) -> bytes:
    """``content``, a body in compact JSON, with every part in its place."""
    return _TOKEN.sub(lambda found: _made(found[1].decode()), content)


@cache
def _made(name: str) -> bytes:
    return _PARTS[name]()
