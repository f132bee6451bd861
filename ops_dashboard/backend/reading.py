"""From the body of an answer to a canonical report, field by field."""

from dataclasses import dataclass

from pydantic import ValidationError

from ops_dashboard.backend.errors import BadBody
from ops_dashboard.domain.metrics.fields import Report, Surprises
from ops_dashboard.domain.metrics.health_like import HealthLike


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, and what in its body was against the contract."""

    report: Report
    surprises: int
    sentences: tuple[str, ...]


def read_report(
    model: type[Report], body: object, http_status: int = 200, clock_ahead: float = 0.0
) -> Reading:
    """Read ``body`` as ``model``. What came with an HTTP error is no sign of health, whatever it says.

    The backend's clock is ``clock_ahead`` seconds ahead of ours: the report has its moments by ours.

    Raises:
        BadBody: when the body as a whole is of the wrong kind; a bad field never raises.
    """
    surprises = Surprises(clock_ahead)
    try:
        report = model.model_validate(body, context=surprises)
    except ValidationError as error:
        raise BadBody(_sentence(body)) from error
    if isinstance(report, HealthLike) and http_status >= 400:
        report = report.with_error(http_status)
    return Reading(report, surprises.total, surprises.sentences())


def _sentence(body: object) -> str:
    kinds = {list: "a list", dict: "an object", str: "text", bool: "a yes or no"}
    if body is None:
        return "answered with nothing"
    return f"answered with {kinds.get(type(body), 'a number')} that cannot be read as this call's data"
