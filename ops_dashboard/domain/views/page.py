"""The whole page, computed from one snapshot: a dict of sections, so that only changed ones are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alerts import AlertsView
from ops_dashboard.domain.views.cache import cache_panel
from ops_dashboard.domain.views.charts import performance_charts
from ops_dashboard.domain.views.database import database_panel
from ops_dashboard.domain.views.events import events_panel
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.health import HealthView, health_view
from ops_dashboard.domain.views.ingestion import embeddings_panel, ingestion_panel
from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.domain.views.key_metrics import key_metrics
from ops_dashboard.domain.views.models import models_panel
from ops_dashboard.domain.views.modules import ModulesView, modules_view
from ops_dashboard.domain.views.performance import performance_panel
from ops_dashboard.domain.views.product import engagement_panel, recommendation_panel
from ops_dashboard.domain.views.shell import ShellView, shell_view
from ops_dashboard.domain.views.sources import SourcesView, sources_view
from ops_dashboard.domain.views.workers import workers_panel

_PANELS = (
    performance_panel,
    database_panel,
    events_panel,
    cache_panel,
    workers_panel,
    models_panel,
    ingestion_panel,
    embeddings_panel,
)
Ranged = Mapping[Span, Panel]
"""A panel for each time range: each tab is shown the one it looks at."""


@dataclass(frozen=True, slots=True)
class PageView:
    """Every section of the page. Compared field by field to learn what changed."""

    shell: ShellView = ShellView()
    health: HealthView = HealthView()
    key_metrics: tuple[Figure, ...] = ()
    modules: ModulesView = ModulesView()
    sources: SourcesView = SourcesView()
    performance: Panel = Panel("performance", "Performance")
    database: Panel = Panel("database", "Database")
    events: Panel = Panel("events", "Event bus")
    cache: Panel = Panel("cache", "Cache")
    workers: Panel = Panel("workers", "Workers")
    models: Panel = Panel("models", "ML models")
    ingestion: Panel = Panel("ingestion", "Ingestion")
    embeddings: Panel = Panel("embeddings", "Sparse embeddings")
    engagement: Ranged = field(default_factory=dict)
    recommendations: Ranged = field(default_factory=dict)
    alerts: AlertsView = AlertsView()
    interruption: InterruptionView = InterruptionView()


def page_view(snapshot: Snapshot, before: PageView) -> PageView:
    """The page for ``snapshot``; ``before`` gives the verdict its "since when", and the alerts as they are."""
    panels = {panel.key: panel for panel in (make(snapshot) for make in _PANELS)}
    panels["performance"] = replace(
        panels["performance"],
        charts=performance_charts(panels["performance"].figures, panels["database"].figures),
    )
    engagement: Ranged = {span: engagement_panel(snapshot, span) for span in SPANS}
    recommendations: Ranged = {span: recommendation_panel(snapshot, span) for span in SPANS}
    modules, figures = modules_view(snapshot), key_metrics(snapshot)
    shown = (*figures, *panels["performance"].figures)
    # Of the time ranges only this one is always read: others grow old because nobody looks at them.
    read = (*panels.values(), engagement[DEFAULT_SPAN], recommendations[DEFAULT_SPAN])
    return PageView(
        shell=shell_view(snapshot, modules, read),
        health=health_view(snapshot, modules, figures, before.health),
        key_metrics=figures,
        modules=modules,
        sources=sources_view(snapshot, shown),
        **panels,
        engagement=engagement,
        recommendations=recommendations,
        alerts=before.alerts,
        interruption=before.interruption,
    )


def judgement(page: PageView) -> tuple[object, ...]:
    """What must reach the screen at once: changed verdicts, statuses, tones, displays, origins; not values."""
    return (
        page.health.word,
        page.health.freshness.display,
        page.shell.banner.title,
        tuple((f.key, f.display, f.tone, f.origin, _is_unusual(f)) for f in page.key_metrics),
        tuple((t.name, t.status, t.display, t.unusual != "") for t in page.modules.tiles),
        tuple((t.name, t.status, t.display) for t in page.modules.components),
        tuple(
            (p.key, p.status, p.freshness.display, tuple((f.key, f.display, f.tone) for f in p.all_figures()))
            for p in panels_of(page)
        ),
    )


def panels_of(page: PageView) -> Iterator[Panel]:
    """Every panel, those of all time ranges too."""
    for section in (getattr(page, name) for name in PageView.__dataclass_fields__):
        if isinstance(section, Panel):
            yield section
        elif isinstance(section, Mapping):
            yield from section.values()


def _is_unusual(figure: Figure) -> bool:
    return figure.past is not None and figure.past.anomaly != ""
