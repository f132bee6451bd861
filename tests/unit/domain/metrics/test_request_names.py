import pytest

from ops_dashboard.domain.metrics.request_names import counts_requests, duration_unit


@pytest.mark.parametrize(
    ("family", "unit"),
    [
        ("http_request_duration_seconds", 1000),
        ("http_server_request_duration_seconds", 1000),
        ("http_request_duration_highr_seconds", 1000),
        ("neo_alexandria_request_duration_seconds", 1000),
        ("starlette_requests_processing_time_seconds", 1000),
        ("http_requests_latency_milliseconds", 1),
        ("http_server_duration_ms", 1),
        ("django_http_requests_latency_seconds_by_view_method", 1000),
        ("HTTP_Request_Duration_Seconds", 1000),
        ("http_server_requests_seconds", 1000),
        ("shop_httprequest_seconds", 1000),
        ("gateway_requests_milliseconds", 1),
        ("requests_seconds_by_tenant", None),
        ("http_server_requests_active_seconds", None),
        ("http_request_timeout_seconds", None),
        ("request_body_bytes", None),
        ("http_request_duration", None),
        ("http_request_size_bytes", None),
        ("neo_alexandria_database_query_seconds", None),
        ("http_client_request_duration_seconds", None),
        ("redis_request_duration_seconds", None),
        ("request_queue_time_seconds", None),
        ("slow_request_duration_seconds", None),
        ("event_handler_duration_seconds", None),
        ("", None),
    ],
)
def test_a_request_duration_is_known_by_its_name(family: str, unit: float | None):
    assert duration_unit(family) == unit


@pytest.mark.parametrize(
    ("sample", "counts"),
    [
        ("http_requests_total", True),
        ("neo_alexandria_requests_total", True),
        ("requests_total", True),
        ("starlette_request_total", True),
        ("failed_requests_total", False),
        ("http_client_requests_total", False),
        ("http_requests_created", False),
        ("http_requests_in_progress", False),
        ("cache_hits_total", False),
    ],
)
def test_a_request_counter_is_known_by_its_name(sample: str, counts: bool):
    assert counts_requests(sample) is counts
