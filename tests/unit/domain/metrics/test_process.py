import pytest
from pydantic_core import to_json

from ops_dashboard.backend.errors import BadBody
from ops_dashboard.backend.reading import read_report
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.request_counts import RequestCounts

TEXT = """\
process_start_time_seconds 1700000000
requests 5
observed_requests 6
http_requests_total{handler="/a",status="200"} 40
http_requests_total{handler="/metrics",status="200"} 2
"""


def process(body: object) -> ProcessReport:
    report = read_report(ProcessReport, body).report
    assert isinstance(report, ProcessReport)
    return report


def test_process_figures_and_counted_requests_are_read_in_one_go():
    report = process(TEXT)
    assert report.started_at == 1_700_000_000
    assert isinstance(report.requests, RequestCounts)
    assert report.observed_requests == 40


def test_metrics_that_are_called_like_a_field_are_not_taken_for_it():
    report = process('requests 5\nobserved_requests 6\n{"the requests counted"} 7\n')
    assert (report.requests, report.observed_requests) == (None, None)
    assert process({"requests": {}, "the requests counted": 3}).requests is None


def test_the_counts_are_not_told_to_others():
    assert b"handler" not in to_json(process(TEXT))


def test_a_text_that_cannot_even_be_quoted_is_a_body_of_the_wrong_kind():
    with pytest.raises(BadBody, match="text that cannot be read"):
        process("# TYPE half \ud800 a character\n")
