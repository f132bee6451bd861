"""Bodies of both dialects by source: the standard one from the demo backend, the other from the recordings."""

import asyncio
import json
from functools import cache
from typing import Any

import httpx

from ops_dashboard.backend.sources import SOURCES, Source, all_sources, module_source
from ops_dashboard.demo.api import demo_app
from tests.replay import RECORDINGS, Recording

DEMO_TIME = 1_795_000_000.0
"""The moment, unix seconds, at which the demo bodies are taken."""

_MODULE_PATH = "/api/monitoring/health/module/"


def sources_of(path: str) -> list[Source]:
    """The rows of the sources table that read ``path``: one for each time range where the call takes one."""
    if path.startswith(_MODULE_PATH):
        return [module_source(path.removeprefix(_MODULE_PATH))]
    return [source for source in SOURCES if source.path == path]


def source_of(path: str) -> Source | None:
    """The first of these rows; None for a call that is no source."""
    return next(iter(sources_of(path)), None)


@cache
def recordings(condition: str) -> dict[str, Recording]:
    """What a caller with the token was told in one condition, by source."""
    found = {}
    for file in sorted((RECORDINGS / condition).glob("*.json")):
        recording = Recording.read(file)
        if recording.method == "GET" and recording.status not in (401, 422):
            found |= {source.name: recording for source in sources_of(recording.path)}
    return found


def recorded(condition: str, source: str) -> Any:
    """The recorded body of one source."""
    return recordings(condition)[source].body


@cache
def _demo() -> str:
    app = demo_app(scenario="healthy", clock=lambda: DEMO_TIME)

    async def read() -> dict[str, object]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
            answers = [(s, await client.get(s.path, params=s.params)) for s in all_sources(["search"])]
        return {s.name: a.text if s.text else a.json() for s, a in answers}

    return json.dumps(asyncio.run(read()))


def demo_bodies() -> dict[str, Any]:
    """The body of every source as the healthy demo gives it: a fresh copy that may be changed."""
    return json.loads(_demo())
