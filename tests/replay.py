"""A backend that plays back recorded answers.

python -m tests.replay tests/recordings/all-up-busy --port 8302
"""

import argparse
import asyncio
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Scope

RECORDINGS = Path(__file__).parent / "recordings"
CONDITIONS = tuple(sorted(folder.name for folder in RECORDINGS.iterdir() if folder.is_dir()))
"""The names of the recorded conditions, each a folder of :data:`RECORDINGS`."""

_MODULE = re.compile(r"(/api/monitoring/health/module/)([^/]+)")
_KEPT_HEADERS = frozenset({"content-type", "retry-after", "location", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded answer. ``body`` is text where the answer was not JSON."""

    method: str
    path: str
    query: str
    status: int
    headers: dict[str, str]
    elapsed_ms: float
    body: Any

    @classmethod
    def read(cls, file: Path) -> "Recording":
        """The recording in ``file``. Raises KeyError or ValueError when it is not one."""
        raw = json.loads(file.read_text(encoding="utf-8"))
        path, _, query = raw["path"].partition("?")
        headers = {name.lower(): value for name, value in raw["headers"].items()}
        kept = {n: v for n, v in headers.items() if n in _KEPT_HEADERS or n.startswith("x-")}
        return cls(raw["method"], path, query, raw["status"], kept, raw["elapsed_ms"], raw["body"])

    def response(self) -> Response:
        """The answer as it went over the wire."""
        is_json = "json" in self.headers.get("content-type", "")
        content = json.dumps(self.body) if is_json else str(self.body)
        return Response(content, self.status, self.headers)

    def about(self, module: str) -> "Recording":
        """This answer with another module's name in the place of the recorded one."""
        body = {**self.body, "module": module} if isinstance(self.body, dict) else self.body
        return Recording(self.method, self.path, self.query, self.status, self.headers, self.elapsed_ms, body)


class Library:
    """The recordings of a folder, found by method, path and query."""

    def __init__(self, folder: Path) -> None:
        recordings = [Recording.read(file) for file in sorted(folder.glob("*.json"))]
        if not recordings:
            raise FileNotFoundError(f"There are no recordings in {folder}")
        # What a stranger was told is no answer to someone who holds the token.
        answers = [r for r in recordings if r.status != 401]
        self._exact = {(r.method, r.path, r.query): r for r in answers}
        self._modules = next((r for r in answers if _MODULE.fullmatch(r.path)), None)

    def find(self, method: str, path: str, query: str) -> Recording | None:
        """The answer; that recorded without a query where there is none with this one."""
        found = self._exact.get((method, path, query)) or self._exact.get((method, path, ""))
        module = _MODULE.fullmatch(path)
        if found is None and module is not None and method == "GET" and self._modules is not None:
            return self._modules.about(module[2])
        return found


def replay_app(folder: Path, openapi: Path | None = None, *, latency: float = 0.0) -> Starlette:
    """A backend that answers like the recordings in ``folder``, to every token and to none.

    ``openapi`` is served at ``/openapi.json``, which is 404 without it. ``latency`` times the recorded time
    passes before each answer. A query that was not recorded gets the answer recorded without one; every
    module answers like the recorded one. ``app.state.calls`` counts requests by path.
    Raises FileNotFoundError when the folder holds no recording.
    """
    library = Library(folder)
    description = None if openapi is None else json.loads(openapi.read_text(encoding="utf-8"))

    async def answer(request: Request) -> Response:
        path = request.scope["path"]
        app.state.calls[path] += 1
        if path == "/openapi.json" and description is not None:
            return JSONResponse(description)
        found = library.find(request.method, path, _query(request.scope))
        if found is None:
            return JSONResponse({"detail": "Not Found"}, 404)
        await asyncio.sleep(found.elapsed_ms / 1000.0 * latency)
        return found.response()

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "DELETE"])])
    app.state.calls = Counter[str]()
    return app


def _query(scope: Scope) -> str:
    return scope["query_string"].decode("latin-1")


def main() -> None:
    """Serve one folder until interrupted; the description beside the folder is served with it."""
    parser = argparse.ArgumentParser(description="Play back recorded answers of a backend.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8302)
    parser.add_argument("--latency", type=float, default=0.0, help="times the recorded latency (default 0)")
    chosen = parser.parse_args()
    beside = chosen.folder.resolve().parent / "openapi.json"
    app = replay_app(chosen.folder, beside if beside.is_file() else None, latency=chosen.latency)
    uvicorn.run(app, host="127.0.0.1", port=chosen.port, access_log=False)


if __name__ == "__main__":
    main()
