"""The alert history as a file: CSV for spreadsheets, JSON for scripts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeGuard, get_args

from pydantic_core import to_json

from ops_dashboard.domain.alerts.history import IncidentRow
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.views.alert_places import place_of
from ops_dashboard.serving.csv_file import MEDIA_TYPE, csv_file, iso_moment

Format = Literal["csv", "json"]
FORMATS = get_args(Format)
MOST_EXPORTED = 10_000
"""Incidents in one file: as many as are kept."""

_COLUMNS: tuple[str, ...] = (
    "id",
    "rule",
    "title",
    "target",
    "source",
    "worst_severity",
    "message",
    "state",
    "opened_at",
    "acknowledged_at",
    "acknowledged_by",
    "note",
    "resolved_at",
    "duration_seconds",
    "worst_value",
    "unit",
)


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to be handed to a browser."""

    name: str
    media_type: str
    content: bytes


def is_format(word: object) -> TypeGuard[Format]:
    """Whether a file of this kind can be made."""
    return isinstance(word, str) and word in FORMATS


def exported(incidents: Iterable[IncidentRow], rules: Sequence[Rule], kind: Format) -> ExportedFile:
    """The incidents in their order, moments as ISO 8601 in UTC, values in the unit named beside them."""
    units = {rule.id: rule.unit for rule in rules}
    rows = [_row(incident, units.get(incident.rule_id, "")) for incident in incidents]
    if kind == "json":
        return ExportedFile("alerts.json", "application/json", to_json(rows, indent=2, inf_nan_mode="null"))
    return ExportedFile("alerts.csv", MEDIA_TYPE, csv_file(_COLUMNS, (tuple(row.values()) for row in rows)))


def _row(incident: IncidentRow, unit: str) -> dict[str, Any]:
    values = (
        incident.id,
        incident.rule_id,
        incident.title,
        incident.target,
        place_of(incident.rule_id).title,
        incident.worst.value,
        incident.message,
        "resolved" if incident.resolved_at else incident.handled.value,
        iso_moment(incident.opened_at),
        iso_moment(incident.acknowledged_at),
        incident.acknowledged_by,
        incident.note,
        iso_moment(incident.resolved_at),
        incident.duration,
        incident.peak,
        "" if incident.peak is None or isinstance(incident.peak, str) else unit,
    )
    return dict(zip(_COLUMNS, values, strict=True))
