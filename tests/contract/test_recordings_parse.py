"""Every recorded answer is read without an error, and nothing in it is a surprise."""

import pytest

from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.sources import SOURCES
from tests.bodies import demo_bodies, recordings, source_of
from tests.replay import CONDITIONS, RECORDINGS, Recording

_OF_SOURCES = [
    pytest.param(recording, id=f"{condition}/{file.stem}")
    for condition in CONDITIONS
    for file in sorted((RECORDINGS / condition).glob("*.json"))
    if (recording := Recording.read(file)).method == "GET" and source_of(recording.path)
]


@pytest.mark.parametrize("recording", _OF_SOURCES)
def test_a_recorded_answer_is_read_whole_and_without_a_surprise(recording: Recording) -> None:
    source = source_of(recording.path)
    assert source is not None and source.model is not None
    reading = read_report(source.model, recording.body)
    assert (reading.surprises, reading.sentences) == (0, ())
    told = [value for _, value in reading.report if value is not None]
    good = recording.status == 200 or source.is_answer(recording.body)
    assert bool(told) == good, "an answer tells something, an error body nothing"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_source_was_recorded(condition: str) -> None:
    wanted = {source.name for source in SOURCES if source.model} | {"module_health.search"}
    assert set(recordings(condition)) == wanted


@pytest.mark.parametrize("name", [s.name for s in SOURCES if s.model] + ["module_health.search"])
def test_the_standard_dialect_holds_no_surprise(name: str) -> None:
    source = next((s for s in SOURCES if s.name == name), None) or source_of(
        "/api/monitoring/health/module/search"
    )
    assert source is not None and source.model is not None
    reading = read_report(source.model, demo_bodies()[name])
    assert (reading.surprises, reading.sentences) == (0, ())
    assert any(value is not None for _, value in reading.report)
