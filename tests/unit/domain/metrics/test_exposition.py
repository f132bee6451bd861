import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.metrics.exposition import LONGEST_LINE, read_samples


def test_samples_come_with_and_without_a_declared_type():
    text = '# TYPE a_total counter\na_total 3\nb{le="1"} 4\n'
    assert [(s.name, s.labels, s.value) for s in read_samples(text)] == [
        ("a_total", {}, 3),
        ("b", {"le": "1"}, 4),
    ]


def test_a_histogram_of_what_is_under_way_counts_nothing():
    text = '# TYPE request_latency_seconds gaugehistogram\nrequest_latency_seconds{le="1"} 4\n'
    assert [s for s in read_samples(text) if s.name == "request_latency_seconds"] == []


@pytest.mark.parametrize(
    "text",
    ["<html>502</html>", 'a{ ="b"} 1\n', "a{b=c} 1\n", "a one\n", 'a{b="' + '\\"' * LONGEST_LINE + '"} 1\n'],
    ids=["html", "blank label", "no quotes", "no number", "overlong line"],
)
def test_what_is_not_in_the_format_is_a_value_error(text: str):
    with pytest.raises(ValueError):
        list(read_samples(text))


@given(st.text(st.sampled_from('ab_{}=",\\ \t\n#1.e+-InfNaTYPEHLl'), max_size=120))
def test_any_text_is_read_or_a_value_error(text: str):
    try:
        samples = list(read_samples(text))
    except ValueError:
        return
    assert all(isinstance(s.value, int | float) for s in samples)
