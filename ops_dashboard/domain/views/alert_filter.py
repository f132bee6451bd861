"""Which incidents of the past are looked at: the choices of the sheet, and of a link to an export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from ops_dashboard.domain.alerts.history import Filter, HistoryState
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.text import clean
from ops_dashboard.domain.views.alert_places import PLACES

ALL = "all"
SEVERITIES = (ALL, *(severity.value for severity in reversed(Severity)))
HISTORY_STATES = get_args(HistoryState)
STATES = (ALL, *HISTORY_STATES)
SOURCES = (ALL, *(place.section for place in PLACES))
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Chosen from :data:`SEVERITIES`, :data:`STATES` and :data:`SOURCES`; every word of ``text`` must occur."""

    severity: str = ALL
    state: str = ALL
    source: str = ALL
    text: str = ""

    @property
    def stored(self) -> Filter:
        """The same as what is stored is looked for."""
        return Filter(
            severities=tuple(one for one in Severity if one == self.severity),
            states=tuple(state for state in HISTORY_STATES if state == self.state),
            rule_ids=next((place.rules for place in PLACES if place.section == self.source), ()),
            text=self.text,
        )

    @property
    def query(self) -> str:
        """The filter as the query of an address, without what is not chosen."""
        chosen = {"severity": self.severity, "state": self.state, "source": self.source}
        named = {name: value for name, value in chosen.items() if value != ALL}
        return urlencode(named | ({"q": self.text} if self.text else {}))


def alert_filter(
    severity: object = ALL, state: object = ALL, source: object = ALL, text: object = ""
) -> AlertFilter:
    """A filter of whatever was asked for; what is no choice counts as all."""
    return AlertFilter(
        severity=_one_of(SEVERITIES, severity),
        state=_one_of(STATES, state),
        source=_one_of(SOURCES, source),
        text=clean(text, LONGEST_SEARCH) if isinstance(text, str) else "",
    )


def filter_of_query(query: Mapping[str, str]) -> AlertFilter:
    """The filter that :attr:`AlertFilter.query` wrote, its parameters decoded."""
    return alert_filter(query.get("severity"), query.get("state"), query.get("source"), query.get("q"))


def _one_of(choices: tuple[str, ...], asked: object) -> str:
    return asked if isinstance(asked, str) and asked in choices else ALL
