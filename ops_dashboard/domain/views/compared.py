"""A panel of one time range, whose numbers are held against those of the range before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.units import Unit
from ops_dashboard.domain.views.answered_range import AnsweredRange
from ops_dashboard.domain.views.change import Change, change
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.series_keys import series_key

Earlier = Callable[[str, Span], float | None]
"""What a series (by its key) told one span ago; None where nothing was read then."""
SINCE_START = "since the start of the backend"
_ELSEWHERE = "Counted since the backend's process started: there is no range before."
_NO_SPAN = "No earlier value is kept for the time over which the backend counted."


@dataclass(frozen=True, slots=True)
class ComparedPanel(Panel):
    """Figures over ``window``, each with its change. Subclasses tell the units of their figures."""

    UNITS: ClassVar[Mapping[str, Unit]] = {}

    window: AnsweredRange = AnsweredRange()
    changes: dict[str, Change] = field(default_factory=dict)
    """By the key of the figure; for every figure that has a value."""
    since_start: str = SINCE_START
    """Over which time figures count that are not of ``window``, in words."""

    def compared(self, earlier: Earlier) -> Self:
        """The panel with its changes; of a stale figure nothing is said but over which other time it counts."""
        told = (figure for figure in self.figures if figure.display == "value" or _counts_since_start(figure))
        return replace(self, changes={figure.key: self._change(figure, earlier) for figure in told})

    def _change(self, figure: Figure, earlier: Earlier) -> Change:
        window = self.window
        if figure.value is None or _counts_since_start(figure):
            return Change(word=self.since_start, exact=_ELSEWHERE)
        if window.same_as is None:
            return Change(exact=_NO_SPAN)
        before = earlier(ranged_key(figure, window.asked), window.same_as)
        if before is None:
            return Change(exact=f"Nothing was read in {window.before}.")
        return change(figure.value, before, self.UNITS.get(figure.key, "count"), window.before)


def _counts_since_start(figure: Figure) -> bool:
    return figure.value is not None and not figure.every


def ranged_key(figure: Figure, span: Span) -> str:
    """Under which key the past of a figure of a time range is kept."""
    return series_key(of_span(figure, span))


def of_span(figure: Figure, span: Span) -> Figure:
    """The figure of a time range under a key of its own, as its past is kept."""
    return replace(figure, key=f"{figure.key}.{span}")


def uncompared(figures: Iterable[Figure], since_start: str = SINCE_START) -> dict[str, Change]:
    """The changes of figures of which no past is known."""
    return {
        figure.key: Change(word=since_start, exact=_ELSEWHERE) if _counts_since_start(figure) else Change()
        for figure in figures
        if figure.display == "value" or _counts_since_start(figure)
    }
