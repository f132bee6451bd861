"""Which metric is believed, and what is read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram, generate_latest

from ops_dashboard.domain.metrics.exposition import read_samples
from ops_dashboard.domain.metrics.request_counts import RequestCounts
from ops_dashboard.domain.metrics.requests import request_counts


def counts(text: str) -> RequestCounts | None:
    return request_counts(read_samples(text))


def read(text: str) -> RequestCounts:
    found = counts(text)
    assert found is not None
    return found


def histogram(name: str, labels: str = "", *, fast: float = 8, all_of_them: float = 10) -> str:
    """Samples of one label set; ``labels`` ends with a comma unless it is empty."""
    braces = f"{{{labels.rstrip(',')}}}" if labels else ""
    return (
        f'{name}_bucket{{{labels}le="0.1"}} {fast}\n'
        f'{name}_bucket{{{labels}le="1.0"}} {all_of_them}\n'
        f'{name}_bucket{{{labels}le="+Inf"}} {all_of_them}\n'
        f"{name}_count{braces} {all_of_them}\n"
    )


PLAIN = "http_request_duration_highr_seconds"
BY_HANDLER = "http_request_duration_seconds"


def test_one_histogram_is_read_and_the_label_sets_of_it_are_summed():
    got = read(
        "process_start_time_seconds 1700000000\n"
        + histogram(BY_HANDLER, 'handler="/a",method="GET",')
        + histogram(BY_HANDLER, 'handler="/b",method="GET",', fast=1, all_of_them=2)
    )
    assert (got.total, got.edges, got.buckets) == (12, (100.0, 1000.0), (9, 12))
    assert (got.began, got.requests.own_included, got.outcomes) == (1_700_000_000, False, None)


def test_no_request_is_counted_twice_where_two_histograms_count_the_same_ones():
    text = histogram(PLAIN, fast=90, all_of_them=100) + histogram(BY_HANDLER, 'handler="/a",')
    assert read(text).requests.metric == BY_HANDLER, "the dashboard's own calls can be left out of it"
    assert read(text).total == 10


def test_a_metric_that_nothing_feeds_is_not_believed():
    assert counts(histogram(PLAIN, fast=0, all_of_them=0)) is None
    dead = histogram(BY_HANDLER, 'handler="/a",', fast=0, all_of_them=0)
    assert read(dead + histogram(PLAIN)).requests.metric == PLAIN


def test_the_dashboards_own_calls_are_left_out_where_a_label_names_the_path():
    own = histogram(BY_HANDLER, 'handler="/api/monitoring/health",', fast=500, all_of_them=900)
    assert read(own + histogram(BY_HANDLER, 'handler="/a",')).total == 10
    alone = read(own)
    assert (alone.total, alone.edges, alone.buckets) == (0, (100.0, 1000.0), (0, 0))
    assert read(histogram(PLAIN)).requests.own_included


@pytest.mark.parametrize(
    "name",
    [
        "http_server_requests_seconds",
        "http_server_request_duration_seconds",
        "starlette_requests_processing_time_seconds",
        "http_requests_duration_seconds",
        "shop_api_requests_seconds",
        "gateway_request_milliseconds",
    ],
)
def test_any_request_histogram_is_read(name: str):
    text = histogram(name, 'http_response_status_code="200",') + histogram(name, 'status_class="5xx",')
    got = read(text)
    assert (got.total, got.requests.metric) == (20, name)
    assert got.outcomes is not None and sum(got.outcomes.counts.values()) == 20


def test_a_known_name_goes_before_a_shape():
    text = histogram("aaa_http_requests_seconds", 'path="/a",status="200",', all_of_them=99)
    assert read(text).total == 99
    spring = text + histogram("http_server_requests_seconds")
    assert read(spring).requests.metric == "http_server_requests_seconds"
    assert read(spring + histogram(BY_HANDLER)).requests.metric == BY_HANDLER


@pytest.mark.parametrize("label", ["status", "status_code", "code", "http_status", "response_code"])
def test_statuses_are_told_by_the_histogram_itself(label: str):
    text = histogram(BY_HANDLER, f'{label}="2xx",') + histogram(BY_HANDLER, f'{label}="5xx",')
    got = read(text + 'http_requests_total{status="500"} 7\n')
    assert got.outcomes is not None and got.outcomes.metric == BY_HANDLER
    assert sum(got.outcomes.counts.values()) == 20


def test_else_statuses_are_told_by_a_counter():
    text = 'http_requests_total{handler="/a",status="500"} 3\nhttp_requests_total{handler="/metrics",status="200"} 9\n'
    got = read(histogram(PLAIN) + text + 'requests_total 12\nfailed_requests_total{status="500"} 12\n')
    assert got.outcomes is not None and got.outcomes.metric == "http_requests_total"
    assert list(got.outcomes.counts.values()) == [3]


def test_without_a_histogram_a_counter_stands_in():
    got = read('http_requests_total{method="GET"} 4\nhttp_requests_total{method="PUT"} 5\n')
    assert (got.total, got.edges, got.outcomes) == (9, (), None)


def test_milliseconds_are_read_as_such():
    assert read(histogram("http_server_request_duration_milliseconds")).edges == (0.1, 1.0)


def test_buckets_that_come_twice_or_out_of_order_count_once():
    lines = histogram(PLAIN).splitlines(keepends=True)
    assert read("".join([*lines[::-1], *lines, PLAIN + '_bucket{le="0.10"} 8\n'])) == read("".join(lines))


@pytest.mark.parametrize("line", ['_bucket{le="+Inf"} 10\n', "_count 10\n"])
def test_the_number_of_all_is_told_by_the_last_bucket_or_beside_the_buckets(line: str):
    assert read(f'{PLAIN}_bucket{{le="0.1"}} 8\n{PLAIN}{line}').total == 10


def test_a_summary_and_buckets_without_a_number_of_all_count_nothing():
    assert counts(f'{PLAIN}{{quantile="0.5"}} 0.1\n{PLAIN}_count 10\n{PLAIN}_sum 3\n') is None
    assert counts(f'{PLAIN}_bucket{{le="0.1"}} 8\n') is None


@pytest.mark.parametrize("junk", ["NaN", "-1", "+Inf", "1e300", "9" * 400])
def test_a_value_that_is_no_count_is_passed_over(junk: str):
    spoilt = f'{PLAIN}_bucket{{le="0.5"}} {junk}\nprocess_start_time_seconds {junk}\n'
    assert read(histogram(PLAIN) + spoilt) == read(histogram(PLAIN))


@pytest.mark.parametrize("le", ["", "fast", "-0.5", "NaN"])
def test_a_bound_that_is_none_is_passed_over(le: str):
    assert read(histogram(PLAIN) + f'{PLAIN}_bucket{{le="{le}"}} 9\n') == read(histogram(PLAIN))


@given(st.lists(st.tuples(st.sampled_from(["/a", "/b", "/metrics"]), st.floats(0, 20)), min_size=1))
def test_what_a_real_client_counts_is_read_back(observed: list[tuple[str, float]]):
    registry = CollectorRegistry()
    made = Histogram(BY_HANDLER, "Durations", ["handler"], registry=registry)
    for handler, seconds in observed:
        made.labels(handler).observe(seconds)
    got = read(generate_latest(registry).decode())
    kept = [seconds for handler, seconds in observed if handler != "/metrics"]
    assert got.total == len(kept)
    assert got.buckets == tuple(sum(1000 * s <= edge for s in kept) for edge in got.edges)
