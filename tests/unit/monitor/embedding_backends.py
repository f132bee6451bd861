"""Backends that generate sparse embeddings, and what is seen and asked of them."""

import asyncio
from typing import Any

from ops_dashboard.domain.views.embeddings import EmbeddingsPanel
from ops_dashboard.monitor.actions import Asked
from tests.unit.monitor.world import World

BASE = "/admin/sparse-embeddings"
START = f"POST {BASE}/generate"
JOB = f"GET {BASE}/jobs/emb-1"
SYNC = {"paths": {f"{BASE}/generate": {"post": {}}}}
ASYNC = {"paths": {f"{BASE}/generate": {"post": {}}, f"{BASE}/jobs/{{job_id}}": {"get": {}}}}
ACCEPTED = {"job_id": "emb-1", "status": "pending", "resources_to_process": 240}
SENT = Asked(True)


class Work:
    """What an asynchronous backend does: so many resources per second from the moment it is asked."""

    def __init__(self, world: World, rate: float = 8.0, total: float = 240) -> None:
        self.world, self.rate, self.total = world, rate, total
        self.began = 0.0
        self.ends = "completed"

    def accept(self) -> object:
        self.began = self.world.now
        return ACCEPTED

    def answer(self) -> object:
        processed = min(self.total, int((self.world.now - self.began) * self.rate))
        status = self.ends if processed >= self.total else "running"
        error = "The model stopped" if status == "failed" else None
        return {"status": status, "processed": processed, "total": self.total, "error": error}


def settle(world: World, description: object) -> World:
    world.client.bodies["openapi"] = description
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.loop.run_until_complete(world.embeddings.detach("There is no database."))
    return world


def shown(world: World) -> EmbeddingsPanel:
    """What every tab is shown."""
    return world.hub.news.page.embeddings


def start(world: World, *askers: str, **asked: Any) -> list[Asked]:
    """What these askers are told, who ask at once."""

    async def together() -> list[Asked]:
        return list(await asyncio.gather(*(world.embeddings.start(by, **asked) for by in askers or ("ana",))))

    return world.loop.run_until_complete(together())
