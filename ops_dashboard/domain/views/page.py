"""The whole page, computed from one snapshot: a dict of sections, so that only changed ones are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alerts import AlertsView
from ops_dashboard.domain.views.cache import CachePanel, cache_panel
from ops_dashboard.domain.views.charts import performance_charts
from ops_dashboard.domain.views.database import DatabasePanel, database_panel
from ops_dashboard.domain.views.embeddings import EmbeddingsPanel, embeddings_panel
from ops_dashboard.domain.views.engagement import EngagementPanel, engagement_panel
from ops_dashboard.domain.views.events import EventsPanel, events_panel
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.health import HealthView, health_view
from ops_dashboard.domain.views.ingestion import IngestionPanel, ingestion_panel
from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.domain.views.key_metrics import key_metrics
from ops_dashboard.domain.views.models import ModelsPanel, models_panel
from ops_dashboard.domain.views.modules import ModulesView, modules_view
from ops_dashboard.domain.views.performance import performance_panel
from ops_dashboard.domain.views.recommendations import RecommendationPanel, recommendation_panel
from ops_dashboard.domain.views.shell import ShellView, shell_view
from ops_dashboard.domain.views.sources import SourcesView, sources_view
from ops_dashboard.domain.views.workers import WorkersPanel, workers_panel

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
_P = TypeVar("_P", bound=Panel)
Ranged = Mapping[Span, _P]
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
    database: DatabasePanel = DatabasePanel("database", "Database")
    events: EventsPanel = EventsPanel("events", "Event bus")
    cache: CachePanel = CachePanel("cache", "Cache")
    workers: WorkersPanel = WorkersPanel("workers", "Workers")
    models: ModelsPanel = ModelsPanel("models", "ML models")
    ingestion: IngestionPanel = IngestionPanel("ingestion", "Ingestion")
    embeddings: EmbeddingsPanel = EmbeddingsPanel("embeddings", "Sparse embeddings")
    engagement: Ranged[EngagementPanel] = field(default_factory=dict)
    recommendations: Ranged[RecommendationPanel] = field(default_factory=dict)
    alerts: AlertsView = AlertsView()
    interruption: InterruptionView = InterruptionView()


def page_view(snapshot: Snapshot, before: PageView) -> PageView:
    """The page for ``snapshot``; ``before`` gives the verdict its "since when", and the alerts as they are."""
    told = _with_reasons_told_once(snapshot)
    panels: dict[str, Any] = {panel.key: panel for panel in (make(told) for make in _PANELS)}
    panels["performance"] = replace(
        panels["performance"],
        charts=performance_charts(panels["performance"].figures, panels["database"].figures),
    )
    engagement: Ranged[EngagementPanel] = {span: engagement_panel(told, span) for span in SPANS}
    recommendations: Ranged[RecommendationPanel] = {span: recommendation_panel(told, span) for span in SPANS}
    modules, figures = modules_view(told), key_metrics(told)
    shown = (*figures, *panels["performance"].figures)
    # Of the time ranges only this one is always read: others grow old because nobody looks at them.
    read = (*panels.values(), engagement[DEFAULT_SPAN], recommendations[DEFAULT_SPAN])
    return PageView(
        shell=shell_view(snapshot, modules, read),
        health=health_view(told, modules, figures, before.health),
        key_metrics=figures,
        modules=modules,
        sources=sources_view(snapshot, shown),
        **panels,
        engagement=engagement,
        recommendations=recommendations,
        alerts=before.alerts,
        interruption=before.interruption,
    )


def _with_reasons_told_once(snapshot: Snapshot) -> Snapshot:
    """``snapshot``; where the banner says why nothing is read, without the reasons that every section would repeat."""
    if not snapshot.contact.lost and not snapshot.unreadable():
        return snapshot
    sources = {
        name: state if state.not_offered else replace(state, reason="")
        for name, state in snapshot.sources.items()
    }
    return replace(snapshot, sources=sources)


def at_once(shown: PageView, page: PageView) -> PageView:
    """``shown`` with what of ``page`` cannot wait for the next refresh: the sections judged differently.

    Those are changed verdicts, statuses, tones, displays and origins; values alone can wait.
    """
    before, after = _judgements(shown), _judgements(page)
    moved = {section: getattr(page, section) for section in after if after[section] != before[section]}
    return replace(shown, **{"shell": page.shell, "health": page.health, **moved}) if moved else shown


def _judgements(page: PageView) -> dict[str, object]:
    modules = page.modules
    return {
        "shell": page.shell.banner.title,
        "health": (page.health.word, page.health.freshness.display),
        "key_metrics": tuple(map(_judgement, page.key_metrics)),
        "modules": (
            tuple((t.name, t.status, t.display, t.unusual != "") for t in modules.tiles),
            tuple((t.name, t.status, t.display) for t in modules.components),
        ),
        **{name: tuple(map(_of_panel, panels)) for name, panels in _panels(page)},
    }


def _of_panel(panel: Panel) -> tuple[object, ...]:
    return (panel.status, panel.freshness.display, tuple(map(_judgement, panel.all_figures())))


def _judgement(figure: Figure) -> tuple[object, ...]:
    unusual = figure.past is not None and figure.past.anomaly != ""
    return (figure.key, figure.display, figure.tone, figure.origin, unusual)


def _panels(page: PageView) -> Iterator[tuple[str, tuple[Panel, ...]]]:
    for name in PageView.__dataclass_fields__:
        section = getattr(page, name)
        if isinstance(section, Panel):
            yield name, (section,)
        elif isinstance(section, Mapping):
            yield name, tuple(section.values())


def panels_of(page: PageView) -> Iterator[Panel]:
    """Every panel, those of all time ranges too."""
    for _, panels in _panels(page):
        yield from panels
