"""The marks of charts: what was out of the ordinary, and which alerts there were."""

from collections.abc import Iterable, Iterator

from ops_dashboard.domain.alerts.marks import IncidentMark
from ops_dashboard.domain.anomaly_log import Episode
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.series_keys import origins_of


def marks_of(
    keys: Iterable[str], anomalies: Iterable[Episode], incidents: Iterable[IncidentMark]
) -> tuple[Mark, ...]:
    """The marks of the series ``keys``. An incident marks its figure's series, whatever their origin."""
    wanted = set(keys)
    return (*_of_anomalies(wanted, anomalies), *_of_incidents(wanted, incidents))


def _of_anomalies(wanted: set[str], anomalies: Iterable[Episode]) -> Iterator[Mark]:
    for episode in anomalies:
        if episode.key in wanted:
            yield Mark(episode.key, episode.since, episode.until, episode.sentence, "anomaly")


def _of_incidents(wanted: set[str], incidents: Iterable[IncidentMark]) -> Iterator[Mark]:
    for incident in incidents:
        for key in wanted.intersection(origins_of(incident.metric)):
            yield Mark(key, incident.at, incident.until, incident.label, incident.severity.value)
