from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.demo.transport import DemoTransport

START = 1_772_377_200.0


@dataclass
class Clock:
    """A clock that moves only when told to; unix seconds."""

    now: float = START

    def __call__(self) -> float:
        return self.now


@dataclass
class Demo:
    """An in-process demo backend with its clock."""

    simulation: Simulation
    client: httpx.AsyncClient
    clock: Clock

    async def get(self, path: str, **query: str | int) -> httpx.Response:
        return await self.client.get(path, params=query)

    async def body(self, path: str, **query: str | int):
        """The parsed JSON of a call that must succeed."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def control(self, **order: object) -> httpx.Response:
        return await self.client.post("/demo/control", json=order)


@pytest.fixture
async def demo(request: pytest.FixtureRequest) -> AsyncIterator[Demo]:
    """The demo, in the scenario given by an indirect parameter, or healthy."""
    clock = Clock()
    app = demo_app(scenario=getattr(request, "param", "healthy"), clock=clock)
    async with httpx.AsyncClient(transport=DemoTransport(app), base_url="http://demo") as client:
        yield Demo(app.state.simulation, client, clock)
