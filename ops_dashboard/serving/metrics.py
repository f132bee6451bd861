"""The route by which Prometheus watches the dashboard itself."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard.monitor.vitals import Vitals
from ops_dashboard.serving.json_answer import NO_STORE
from ops_dashboard.serving.metric_families import Dropped, metric_families


class OwnMetrics(Collector):
    """What is known when it is collected; nothing is kept between two scrapes, and nothing is asked for."""

    def __init__(self, vitals: Callable[[], Vitals], dropped: Callable[[], Dropped]) -> None:
        self._vitals = vitals
        self._dropped = dropped

    def collect(self) -> Iterator[Metric]:
        """All metrics, as they are now."""
        return metric_families(self._vitals(), self._dropped())


def metrics_route(vitals: Callable[[], Vitals], dropped: Callable[[], Dropped]) -> Route:
    """Make the route /metrics: the text format, or OpenMetrics for who asks for that.

    Args:
        vitals: how the dashboard is now.
        dropped: what of tabs was dropped so far.
    """
    registry = CollectorRegistry()
    registry.register(OwnMetrics(vitals, dropped))

    async def metrics(request: Request) -> Response:
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), headers={**NO_STORE, "Content-Type": media_type})

    return Route("/metrics", metrics)
