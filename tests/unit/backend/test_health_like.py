"""Health that comes with an HTTP error: what the backend says about itself, or the explanation of an error."""

import pytest

from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.sources import SOURCES, Source, module_source
from ops_dashboard.domain.metrics.health import HealthReport
from ops_dashboard.domain.metrics.health_like import HealthLike
from ops_dashboard.domain.status import Status

ROWS = {source.name: source for source in (*SOURCES, module_source("graph"))}
PARTS = {
    "modules": {"graph": {"status": "healthy"}},
    "components": {"redis": {"status": "unhealthy", "message": "Connection refused"}},
    "services": {"redis": "unhealthy: refused"},
}
ERRORS = (
    {"detail": "Internal server error"},
    {"error": "boom", "message": "it broke", "code": 17},
    {"status": "error", "message": "Database is gone"},
    {"status": "Error", "timestamp": "2026-11-23T12:00:00Z"},
    {"status": 503, "error": "Service Unavailable", "path": "/x", "timestamp": "2026-11-23T12:00:00Z"},
    {"type": "about:blank", "title": "Bad Gateway", "status": "502"},
    {"status": "unauthorized", "detail": "Not authenticated"},
    {"modules": {}, "components": None},
    {},
    [],
    ["unhealthy"],
    "unhealthy",
    503,
    None,
)


def test_health_like_sources_are_those_that_tell_of_health() -> None:
    told = {name for name, source in ROWS.items() if source.is_answer({"status": "degraded"})}
    assert told == {"health", "root_health", "ml_health", "ingestion_health", "module_health.graph"}


@pytest.mark.parametrize("body", ERRORS, ids=repr)
@pytest.mark.parametrize("name", ["health", "ml_health", "ingestion_health", "module_health.graph"])
def test_explanation_of_error_is_no_health(name: str, body: object) -> None:
    assert not ROWS[name].is_answer(body)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("health", {"status": "unhealthy", "message": "Redis is down"}),
        ("health", {"status": "error", "components": PARTS["components"]}),
        ("health", {"components": PARTS["components"]}),
        ("health", {"status": 7, "modules": PARTS["modules"]}),
        ("ingestion_health", {"status": "unhealthy", "services": PARTS["services"]}),
        ("ingestion_health", {"services": PARTS["services"]}),
        ("ml_health", {"status": "not_applicable", "detail": "no model"}),
        ("module_health.graph", {"status": "ok", "health": {"status": "down"}}),
        ("module_health.graph", {"status": "Offline"}),
    ],
)
def test_health_counts_whatever_its_http_status(name: str, body: object) -> None:
    assert ROWS[name].is_answer(body)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"status": "unhealthy", "message": "Redis"}, Status.DOWN, "Redis"),
        ({"status": "degraded"}, Status.DEGRADED, None),
        (
            {"status": "healthy", "message": "All well"},
            Status.DEGRADED,
            'Answered with HTTP 503 although its body says "healthy". All well',
        ),
        ({"status": "sleepy"}, Status.DEGRADED, 'Answered with HTTP 503 although its body says "unknown".'),
        (
            {"components": PARTS["components"]},
            Status.DEGRADED,
            "Answered with HTTP 503 without a status in its body.",
        ),
    ],
)
def test_health_with_http_error_is_degraded_at_best(
    body: object, status: Status, message: str | None
) -> None:
    report = read_report(HealthReport, body, 503).report
    assert isinstance(report, HealthReport)
    assert (report.status, report.message) == (status, message)


@pytest.mark.parametrize("name", ["ml_health", "ingestion_health", "module_health.graph"])
def test_no_kind_of_health_is_well_with_http_error(name: str) -> None:
    model = _model(ROWS[name])
    for word in ("ok", "healthy", "online", "not_applicable", "warning"):
        report = read_report(model, {"status": word, **PARTS}, 500).report
        assert isinstance(report, HealthLike) and report.status is Status.DEGRADED


def test_health_without_http_error_is_what_it_says() -> None:
    report = read_report(HealthReport, {"status": "healthy"}, 200).report
    assert isinstance(report, HealthReport) and report.status is Status.HEALTHY and report.message is None


def test_wrong_kind_of_body_is_still_a_bad_one() -> None:
    with pytest.raises(BadBody):
        read_report(HealthReport, ["healthy"], 503)


def _model(source: Source) -> type[HealthLike]:
    assert source.model and issubclass(source.model, HealthLike)
    return source.model
