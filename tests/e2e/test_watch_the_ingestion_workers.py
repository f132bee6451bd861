"""Whether those who do the ingestion are alive: the cloud API, the edge worker, and the services it needs."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.ingestion import Ingestion

pytestmark = pytest.mark.criterion("7.12.4")

MOVES = "pulse => pulse.getAnimations({ subtree: true }).some(a => a.playState === 'running')"


def test_the_edge_worker_beats_falls_silent_and_is_offline(demo: Demo, watch: Watch) -> None:
    demo.set({"ingestion_worker.status": "Training… 40%"})
    ingestion = Ingestion(watch())
    edge = ingestion.heartbeat("edge-worker")
    for text in ("Online", "edge-gpu-1", "1.4.0", "demo-embed-v1", "GPU", "at most 5 min", "Training… 40%"):
        expect(edge).to_contain_text(text)
    expect(edge.get_by_role("progressbar", name="Progress of Edge worker")).to_have_attribute(
        "aria-valuenow", "40"
    )
    pulse = edge.locator(".pulse")
    ingestion.ops.page.emulate_media(reduced_motion="no-preference")
    assert pulse.evaluate(MOVES)
    ingestion.ops.page.emulate_media(reduced_motion="reduce")
    assert not pulse.evaluate(MOVES)
    ingestion.ops.page.emulate_media(reduced_motion="no-preference")
    demo.set({"ingestion_heartbeat.seconds_since_last_seen": 754})
    expect(edge).to_contain_text("Degraded")
    expect(edge).to_contain_text("Silent for longer than 5 min.")
    expect(edge.locator("[data-beat]")).to_have_text("12 min ago")
    assert not pulse.evaluate(MOVES)
    demo.set({"ingestion_heartbeat.state": "offline", "ingestion_worker.status": "Error: no GPU at 95%"})
    expect(edge).to_contain_text("Offline")
    expect(edge).to_contain_text("Error: no GPU at 95%")
    expect(edge.get_by_role("progressbar")).to_have_count(0)
    expect(ingestion.ops.region("Active alerts")).to_contain_text("worker")
    ingestion.expect_no_violations()


@pytest.mark.thorough
@pytest.mark.criterion("7.12.7")
def test_a_service_that_is_down_says_what_is_wrong(demo: Demo, watch: Watch) -> None:
    demo.set(
        {
            "ingestion_health.status": "unhealthy",
            "ingestion_health.services": {
                "redis": "healthy",
                "database": "unhealthy: refused",
                "qdrant": "not configured",
            },
        }
    )
    ingestion = Ingestion(watch())
    services = ingestion.region.get_by_role("list", name="Services of ingestion").get_by_role("listitem")
    expect(services).to_have_text(["DatabaseDownrefused", "RedisHealthy", "QdrantNot configured"])


@pytest.mark.thorough
def test_the_cloud_api_is_offline_when_nothing_answers_and_online_again(demo: Demo, watch: Watch) -> None:
    ingestion = Ingestion(watch())
    api, edge = ingestion.heartbeat("cloud-api"), ingestion.heartbeat("edge-worker")
    expect(api).to_contain_text("Online")
    demo.play("outage")
    expect(api).to_contain_text("Offline")
    expect(api).to_have_attribute("data-alive", "false")
    expect(edge).to_have_attribute("data-alive", "false")
    demo.play("healthy")
    expect(api).to_contain_text("Online")
    expect(edge).to_have_attribute("data-alive", "true")
