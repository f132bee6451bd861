"""The acceptance criteria: the list, the checks of the markers, and the table."""

from collections.abc import Callable

import pytest

from tests.criteria import known_criteria, problems, table

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Runs a file of browser tests in a directory of its own, with the plugin."""

    def run(source: str, *args: str) -> pytest.RunResult:
        pytester.makeini("[pytest]\nmarkers = criterion(number): an acceptance criterion")
        directory = pytester.mkdir("e2e")
        directory.joinpath("test_page.py").write_text(f"import pytest\n{source}", encoding="utf-8")
        return pytester.runpytest_subprocess("-p", "tests.criteria", *args)

    return run


def test_the_list_holds_every_story_and_every_quality() -> None:
    known = known_criteria()
    assert {number.rsplit(".", 1)[0] for number in known} == {
        *(f"7.{story}" for story in range(1, 14)),
        *(f"nfr.{name}" for name in ("performance", "accessibility", "responsiveness", "errors")),
        "success",
    }
    assert all(known.values())


def test_a_browser_test_without_a_number_and_an_unknown_number_are_problems() -> None:
    assert problems({"a": ("7.1.1",), "b": (), "c": ("7.1.1", "9.9.9")}, known_criteria()) == [
        "b carries no acceptance criterion",
        "c carries the unknown criterion 9.9.9",
    ]


def test_the_table_tells_what_holds_what_does_not_and_what_is_uncovered() -> None:
    known = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
    results = {"1": [("a", "passed")], "2": [("a", "passed"), ("b", "failed")], "4": [("c", "skipped")]}
    assert [" ".join(line.split()) for line in table(known, results)] == [
        "1 holds first",
        "passed a",
        "2 NOT SHOWN second",
        "passed a",
        "failed b",
        "3 uncovered third",
        "4 NOT SHOWN fourth",
        "skipped c",
        "3 of 4 criteria are covered by a test",
    ]


def test_a_run_prints_the_table_when_asked(run: Run) -> None:
    result = run('@pytest.mark.criterion("7.1.1")\ndef test_it(): pass\n', "--criteria")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        ["7.1.1 *holds *", "* passed *e2e/test_page.py::test_it", "7.1.2 *uncovered *"]
    )


def test_a_failure_around_a_test_counts_as_one_of_the_test(run: Run) -> None:
    source = """
@pytest.fixture
def broken():
    yield
    raise RuntimeError
@pytest.mark.criterion("7.1.1")
def test_it(broken): pass
"""
    result = run(source, "--criteria")
    result.stdout.fnmatch_lines(["7.1.1 *NOT SHOWN *"])


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def test_it(): pass\n", "*test_it carries no acceptance criterion*"),
        ('@pytest.mark.criterion("7.99.1")\ndef test_it(): pass\n', "*the unknown criterion 7.99.1*"),
    ],
)
def test_a_wrong_marker_stops_the_run(run: Run, source: str, complaint: str) -> None:
    result = run(source)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([complaint])
