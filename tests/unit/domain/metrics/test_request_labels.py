import pytest

from ops_dashboard.backend.sources import all_sources
from ops_dashboard.domain.metrics.request_labels import has_path, http_status, is_own_call, label_set


@pytest.mark.parametrize(
    "label", ["status", "status_code", "code", "http_status", "http_response_status_code"]
)
@pytest.mark.parametrize(
    ("value", "status"), [("503", "503"), ("5XX", "5xx"), (" 200 ", "200"), ("ok", None), ("", None)]
)
def test_the_status_is_found_under_any_of_its_names(label: str, value: str, status: str | None):
    assert http_status(label_set({"le": "0.5", "method": "GET", label: value})) == status


def test_a_number_under_another_name_is_no_status():
    assert http_status(label_set({"shard": "503"})) is None


@pytest.mark.parametrize("source", all_sources(["search"]), ids=lambda source: source.name)
@pytest.mark.parametrize("form", ["{}", "/mounted{}", "http://backend:8000{}?limit=100", "{}/"])
def test_every_call_of_this_dashboard_is_known_as_its_own(source, form: str):
    if form == "/mounted{}" and source.path in ("/metrics", "/openapi.json", "/health"):
        return  # asked for at the root, whatever the routes are mounted under
    assert is_own_call(label_set({"handler": form.format(source.path)}))


@pytest.mark.parametrize("label", ["handler", "path", "endpoint", "route", "http_route", "http_target"])
def test_the_path_is_found_under_any_of_its_names(label: str):
    assert has_path(label_set({label: "/"})) and is_own_call(label_set({label: "/metrics"}))


@pytest.mark.parametrize(
    "path",
    ["/api/monitoring/health/module/{module_name}", "/health", "/healthz", "/api/v1/health", "metrics"],
)
def test_templates_and_checks_of_others_are_left_out_too(path: str):
    assert is_own_call(label_set({"handler": path}))


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/resources",
        "/api/v1/patients/{id}/health",
        "/api/v1/projects/{id}/metrics",
        "/api/v1/ingestion/ingest/{repo_url:path}",
        "/monitoring-plans",
        "none",
        "",
    ],
)
def test_what_others_ask_for_is_kept(path: str):
    assert not is_own_call(label_set({"handler": path}))


def test_without_a_label_for_the_path_nothing_can_be_left_out():
    labels = label_set({"method": "GET", "note": "/metrics"})
    assert not has_path(labels) and not is_own_call(labels)
