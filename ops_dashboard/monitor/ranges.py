"""Which time ranges the open tabs look at: the backend is asked for those alone."""

from collections.abc import Callable

from ops_dashboard.domain.series.points import DEFAULT_SPAN, Span

Tab = tuple[str, int]
"""The token of a tab, and the number of what follows the news for it: for a moment there may be two."""


class WatchedRanges:
    """The range of each tab; that of a new one counts always, so that it has its numbers at once.

    ``tell`` hears of every change of the ranges looked at.
    """

    def __init__(self, tell: Callable[[frozenset[Span]], None]) -> None:
        self._tell = tell
        self._tabs: dict[Tab, Span] = {}
        self._told: frozenset[Span] = frozenset()
        self._changed()

    def watch(self, tab: Tab, span: Span) -> None:
        """``tab`` looks at ``span`` from now on."""
        self._tabs[tab] = span
        self._changed()

    def leave(self, tab: Tab | None) -> None:
        """``tab`` is gone; an unknown one changes nothing."""
        if tab is not None:
            self._tabs.pop(tab, None)
        self._changed()

    @property
    def tabs(self) -> int:
        """How many tabs are open."""
        return len({token for token, _ in self._tabs})

    def _changed(self) -> None:
        looked_at = frozenset((*self._tabs.values(), DEFAULT_SPAN))
        if looked_at != self._told:
            self._told = looked_at
            self._tell(looked_at)
