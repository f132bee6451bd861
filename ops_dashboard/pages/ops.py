"""The operations page: composes the sections, nothing else."""

import reflex as rx

from ops_dashboard.sections.active_alerts import active_alerts
from ops_dashboard.sections.cache_monitor import cache_monitor
from ops_dashboard.sections.database_monitor import database_monitor
from ops_dashboard.sections.engagement_metrics import engagement_metrics
from ops_dashboard.sections.event_bus_monitor import event_bus_monitor
from ops_dashboard.sections.health_status_card import health_status_card
from ops_dashboard.sections.ingestion_queue import ingestion_queue
from ops_dashboard.sections.metric_cards import metric_cards
from ops_dashboard.sections.model_health_monitor import model_health_monitor
from ops_dashboard.sections.module_health_list import module_health_list
from ops_dashboard.sections.ops_layout import below_the_first_screen, ops_layout, row
from ops_dashboard.sections.performance_chart import performance_chart
from ops_dashboard.sections.recommendation_quality import recommendation_quality
from ops_dashboard.sections.sparse_embedding_generator import sparse_embedding_generator
from ops_dashboard.sections.worker_monitor import worker_monitor

_TWO = "xl:grid-cols-2"
_THREE = "md:grid-cols-2 xl:grid-cols-3"


def ops() -> rx.Component:
    """The page at /ops, in the order in which an incident is read."""
    return ops_layout(
        active_alerts(),
        row(
            health_status_card(), metric_cards(), columns="2xl:grid-cols-[minmax(20rem,1.4fr)_minmax(0,5fr)]"
        ),
        row(
            module_health_list(), performance_chart(), columns="xl:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]"
        ),
        below_the_first_screen(
            row(database_monitor(), event_bus_monitor(), cache_monitor(), columns=_THREE),
            row(worker_monitor(), model_health_monitor(), columns=_TWO),
            row(
                ingestion_queue(),
                sparse_embedding_generator(),
                columns="2xl:grid-cols-[minmax(0,2.4fr)_minmax(0,1fr)]",
            ),
            row(engagement_metrics(), recommendation_quality(), columns=_TWO),
        ),
    )
