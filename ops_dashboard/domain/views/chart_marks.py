"""The marks of charts: what was out of the ordinary, and which alerts there were."""

import math
from collections.abc import Iterable, Iterator, Sequence

from ops_dashboard.domain.alerts.marks import EVERY_CHART, IncidentMark
from ops_dashboard.domain.anomaly_log import Episode
from ops_dashboard.domain.restarts import restart_sentence
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.series_keys import origins_of


def marks_of(
    keys: Iterable[str],
    anomalies: Iterable[Episode],
    incidents: Iterable[IncidentMark],
    restarts: Sequence[float] = (),
) -> tuple[Mark, ...]:
    """The marks of the series ``keys``. An incident marks its figure's series, whatever their origin.

    ``restarts`` of the backend (unix seconds) mark every series.
    """
    wanted, told = set(keys), tuple(incidents)
    return (
        *_of_anomalies(wanted, anomalies),
        *_of_incidents(wanted, told),
        *_of_restarts(wanted, restarts, told),
    )


def _of_restarts(
    wanted: set[str], restarts: Sequence[float], incidents: Iterable[IncidentMark]
) -> Iterator[Mark]:
    """Each restart that is known by its moment; of those before, which are known as incidents, the first of each."""
    earliest = min(restarts, default=math.inf)
    moments = {at: restart_sentence([at]) for at in restarts}
    for incident in incidents:
        if incident.metric == EVERY_CHART and (incident.until or math.inf) < earliest:
            moments[incident.at] = incident.label
    for at, sentence in moments.items():
        for key in wanted:
            yield Mark(key, at, at, sentence, "info")


def _of_anomalies(wanted: set[str], anomalies: Iterable[Episode]) -> Iterator[Mark]:
    for episode in anomalies:
        if episode.key in wanted:
            yield Mark(episode.key, episode.since, episode.until, episode.sentence, "anomaly")


def _of_incidents(wanted: set[str], incidents: Iterable[IncidentMark]) -> Iterator[Mark]:
    for incident in incidents:
        for key in wanted.intersection(origins_of(incident.metric)):
            yield Mark(key, incident.at, incident.until, incident.label, incident.severity.value)
