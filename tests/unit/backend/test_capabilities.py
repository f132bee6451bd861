"""What a backend's OpenAPI document says it can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.backend.capabilities import Capabilities, read_capabilities

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["paths", "/x", "get", "y"]), inner),
)


def document(**paths: object) -> Capabilities:
    return read_capabilities({"openapi": "3.1.0", "paths": paths})


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("/jobs/{id}/cancel", "/jobs/{job_id}/cancel"),
        ("/ingest/{repo_url:path}", "/ingest/{repo_url}"),
        ("/cache/clear/", "/cache/clear"),
        ("/", "/"),
        ("/files/{name}.json", "/files/{file}.json"),
    ],
)
def test_spelling_does_not_matter(listed: str, asked: str) -> None:
    capabilities = document(**{listed: {"post": {}}})
    assert capabilities.offers("POST", asked) is True
    assert capabilities.offers("post", asked) is True


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/jobs/{id}"), ("POST", "/jobs"), ("POST", "/jobs/{id}/cancel"), ("POST", "/JOBS/{id}")],
)
def test_another_operation_is_not_offered(method: str, path: str) -> None:
    assert document(**{"/jobs/{id}": {"post": {}}}).offers(method, path) is False


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        7,
        {},
        {"paths": None},
        {"paths": []},
        {"paths": {}},
        {"paths": {"/x": None}},
        {"paths": {"/x": {"parameters": []}}},
    ],
)
def test_a_document_that_lists_nothing_leaves_everything_unknown(body: object) -> None:
    capabilities = read_capabilities(body)
    assert not capabilities.known
    assert capabilities.offers("GET", "/x") is None


def test_one_bad_entry_does_not_hide_the_others() -> None:
    capabilities = document(**{"/bad": 7, "/x": {"get": None, "x-note": {}, "summary": ""}})
    assert capabilities.offers("GET", "/x") is True
    assert capabilities.offers("GET", "/bad") is False


@given(JSON)
def test_no_json_raises(body: object) -> None:
    assert isinstance(read_capabilities(body), Capabilities)


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("/api/collections/health", "collections"),
        ("/api/search/search/health", "search"),
        ("/api/v2/graph/health/", "graph"),
        ("/api/monitoring/health/module/{module_name}", None),
        ("/api/graph/{id}/health", None),
        ("/health", None),
        ("/api/monitoring/model-health", None),
    ],
)
def test_module_health_is_found_by_its_shape(path: str, module: str | None) -> None:
    checks = document(**{path: {"get": {"security": [{"bearer": []}]}}}).checks
    assert {name: (check.path, check.auth) for name, check in checks.items()} == (
        {module: (path, True)} if module else {}
    )


def test_module_health_with_required_parameters_is_none() -> None:
    needed = [{"name": "tenant", "in": "query", "required": True}]
    asked = {"get": {"parameters": needed}}
    listed = {"/api/a/health": asked, "/api/b/health": {"parameters": needed, "get": {}}}
    assert document(**listed, **{"/api/c/health": {"post": {}}}).checks == {}
    optional = {"get": {"parameters": [{"name": "verbose", "in": "query"}]}}
    assert set(document(**{"/api/d/health": optional}).checks) == {"d"}


def test_the_shortest_path_of_a_module_counts() -> None:
    paths = {"/api/q/q/health": {"get": {}}, "/api/q/health": {"get": {}}}
    assert document(**paths).checks["q"].path == "/api/q/health"
