"""ML models: which are loaded, how fast, how big, how wrong."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from ops_dashboard.domain.bounds import MOST_CARDS, cut
from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.health import MlHealthReport
from ops_dashboard.domain.metrics.models import EXPECTED_MODELS, ModelHealth, ModelHealthReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status, worst
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.model_card import SOURCE, ModelCard, model_card
from ops_dashboard.domain.views.panels import panel
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view

MOST_LINES = 6
MOST_DRAWN = 12
"""Of more cards no sparklines are sent."""


def _rows(report: ModelHealthReport) -> list[tuple[Cell, ...]] | None:
    if report.models is None:
        return None
    return [
        (name, m.loaded, m.inference_time_ms, m.memory_mb, m.error_rate, m.last_inference)
        for name, m in report.models.items()
    ]


MODELS_TABLE = TableSpec(
    "models",
    "All models",
    SOURCE,
    (
        Column("name", "Model"),
        Column("loaded", "Loaded", "yes"),
        Column("inference_time", "Inference time", "number", "ms"),
        Column("memory", "Memory", "number", "MB"),
        Column("error_rate", "Errors", "number", "%"),
        Column("last_inference", "Last inference", "moment"),
    ),
    _rows,
    entries=lambda report: report.models,
    empty="No model is reported.",
)


@dataclass(frozen=True, slots=True)
class ModelsPanel(Panel):
    """The section: a card for each model, and a table of all of them where they are too many for that."""

    cards: tuple[ModelCard, ...] = ()
    more: int = 0
    """How many models have no card."""
    cut: str = ""
    """What of them all the cards are, in words; empty while there is one for each."""
    table: TableView = TableView(MODELS_TABLE.key, MODELS_TABLE.title)

    def all_figures(self) -> Iterator[Figure]:
        """Those of the cards, too."""
        yield from self.figures
        for card in self.cards:
            yield from card.figures

    def with_each_figure(self, changed: Callable[[Figure], Figure]) -> Self:
        """Those of the cards, too."""
        cards = tuple(card.with_each_figure(changed) for card in self.cards)
        return replace(self, figures=tuple(map(changed, self.figures)), cards=cards)

    def draws(self, figure: Figure) -> bool:
        """Inference times are drawn."""
        few = len(self.cards) <= MOST_DRAWN
        return few and any(figure.key == card.inference.key for card in self.cards)


def models_panel(snapshot: Snapshot) -> ModelsPanel:
    """The expected models and whatever else is reported; the backend's own word on ML as a whole."""
    ml = snapshot.report("ml_health", MlHealthReport)
    report = snapshot.report(SOURCE, ModelHealthReport)
    models = (report.models or {}) if report else {}
    names = _names(models)
    total = len(names) + total_of(models) - len(models)
    cards = tuple(model_card(name, snapshot) for name in names[:MOST_CARDS])
    statuses = [ml.status or Status.UNKNOWN] if ml else []
    statuses += [_status(model.loaded) for model in models.values()]
    plain = panel(
        "models",
        "ML models",
        snapshot,
        SOURCE,
        (),
        status=_overall(statuses),
        message=(ml.message or "") if ml else "",
    )
    times = {card.name: card.inference for card in cards[:MOST_LINES]}
    return ModelsPanel(
        plain.key,
        plain.title,
        plain.status,
        plain.status_word,
        plain.message,
        plain.freshness,
        charts=(chart("models", "Inference time", "ms", times),),
        cards=cards,
        more=total - len(cards),
        cut=cut(len(cards), total),
        table=table_view(MODELS_TABLE, snapshot),
    )


def _names(models: Mapping[str, ModelHealth]) -> list[str]:
    """Expected ones first; where not all others have a card, those that are not loaded have one."""
    others = list(models)
    if len(others) > MOST_CARDS - len(EXPECTED_MODELS):
        others.sort(key=lambda name: models[name].loaded is not False)
    return list(dict.fromkeys((*EXPECTED_MODELS, *others)))


def _overall(statuses: list[Status]) -> Status | None:
    if statuses and all(s is Status.NOT_APPLICABLE for s in statuses):
        return Status.NOT_APPLICABLE
    return worst(statuses) if statuses else None


def _status(loaded: bool | None) -> Status:
    return {True: Status.HEALTHY, False: Status.DOWN, None: Status.UNKNOWN}[loaded]
