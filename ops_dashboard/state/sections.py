"""One small state per section: a change of one re-renders that section alone."""

import reflex as rx

from ops_dashboard.domain.series.points import DEFAULT_SPAN
from ops_dashboard.domain.views.cache import CachePanel
from ops_dashboard.domain.views.database import DatabasePanel
from ops_dashboard.domain.views.embeddings import EmbeddingsPanel
from ops_dashboard.domain.views.engagement import EngagementPanel
from ops_dashboard.domain.views.events import EventsPanel
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.health import HealthView
from ops_dashboard.domain.views.ingestion import IngestionPanel
from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.domain.views.models import ModelsPanel
from ops_dashboard.domain.views.recommendations import RecommendationPanel
from ops_dashboard.domain.views.shell import ShellView
from ops_dashboard.domain.views.sources import SourcesView
from ops_dashboard.domain.views.workers import WorkersPanel
from ops_dashboard.state.empty import EMPTY_PAGE


class ShellState(rx.State):
    """Header, banner and the marks of the sidebar."""

    view: rx.Field[ShellView] = rx.field(default_factory=lambda: EMPTY_PAGE.shell)


class HealthState(rx.State):
    """System health."""

    view: rx.Field[HealthView] = rx.field(default_factory=lambda: EMPTY_PAGE.health)


class KeyMetricsState(rx.State):
    """Key metrics."""

    view: rx.Field[tuple[Figure, ...]] = rx.field(default_factory=lambda: EMPTY_PAGE.key_metrics)


class SourcesState(rx.State):
    """Data sources."""

    view: rx.Field[SourcesView] = rx.field(default_factory=lambda: EMPTY_PAGE.sources)


class PerformanceState(rx.State):
    """Performance."""

    view: rx.Field[Panel] = rx.field(default_factory=lambda: EMPTY_PAGE.performance)


class InterruptionState(rx.State):
    """What interrupts people."""

    view: rx.Field[InterruptionView] = rx.field(default_factory=InterruptionView)


class DatabaseState(rx.State):
    """Database."""

    view: rx.Field[DatabasePanel] = rx.field(default_factory=lambda: EMPTY_PAGE.database)


class EventsState(rx.State):
    """Event bus."""

    view: rx.Field[EventsPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.events)


class CacheState(rx.State):
    """Cache."""

    view: rx.Field[CachePanel] = rx.field(default_factory=lambda: EMPTY_PAGE.cache)


class WorkersState(rx.State):
    """Workers."""

    view: rx.Field[WorkersPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.workers)


class ModelsState(rx.State):
    """ML models."""

    view: rx.Field[ModelsPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.models)


class IngestionState(rx.State):
    """Ingestion; its jobs are sent page by page, see :mod:`~ops_dashboard.state.job_history`."""

    view: rx.Field[IngestionPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.ingestion)


class EmbeddingsState(rx.State):
    """Sparse embeddings."""

    view: rx.Field[EmbeddingsPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.embeddings)


class EngagementState(rx.State):
    """User engagement."""

    view: rx.Field[EngagementPanel] = rx.field(default_factory=lambda: EMPTY_PAGE.engagement[DEFAULT_SPAN])


class RecommendationsState(rx.State):
    """Recommendation quality."""

    view: rx.Field[RecommendationPanel] = rx.field(
        default_factory=lambda: EMPTY_PAGE.recommendations[DEFAULT_SPAN]
    )
