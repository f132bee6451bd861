"""Pytest plugin: ties browser tests to the acceptance criteria that they show to hold.

`@pytest.mark.criterion("7.1.3", ...)` names criteria of criteria.toml. A number that is not there, or a
browser test without any, stops the run. With `--criteria` the run ends with the table of all of them.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

_LIST = Path(__file__).with_name("criteria.toml")
_BROWSER_TESTS = "e2e"


def known_criteria(path: Path = _LIST) -> dict[str, str]:
    """The criteria by number, in the order of the requirements."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def problems(numbers_of: Mapping[str, tuple[str, ...]], known: Iterable[str]) -> list[str]:
    """What is wrong with the markers.

    Args:
        numbers_of: by the id of a browser test, the numbers it carries.
        known: the numbers there are.
    """
    known = set(known)
    found = [f"{test} carries no acceptance criterion" for test, numbers in numbers_of.items() if not numbers]
    for test, numbers in numbers_of.items():
        found += [
            f"{test} carries the unknown criterion {number}" for number in numbers if number not in known
        ]
    return found


def table(known: Mapping[str, str], results: Mapping[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Lines of the report.

    Args:
        known: the text of each criterion by number.
        results: by number, the tests that carry it with their outcome.
    """
    for number, text in known.items():
        tests = results.get(number, [])
        outcomes = {outcome for _, outcome in tests}
        state = "uncovered" if not tests else "holds" if outcomes == {"passed"} else "NOT SHOWN"
        yield f"{number:<22} {state:<10} {text}"
        yield from (f"{'':<22} {outcome:<10} {test}" for test, outcome in tests)
    covered = sum(number in results for number in known)
    yield f"{covered} of {len(known)} criteria are covered by a test"


class CriteriaPlugin:
    """Checks the markers of the collected tests, and keeps their outcomes."""

    def __init__(self) -> None:
        self._known = known_criteria()
        self._numbers_of: dict[str, tuple[str, ...]] = {}
        self._outcomes: dict[str, str] = {}

    # First of all, so that a choice of tests by name or marker hides no missing marker.
    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Read the markers.

        Raises:
            pytest.UsageError: a browser test carries none, or one carries an unknown number.
        """
        for item in items:
            numbers = tuple(number for mark in item.iter_markers("criterion") for number in mark.args)
            if numbers or _BROWSER_TESTS in item.path.parent.parts:
                self._numbers_of[item.nodeid] = numbers
        if found := problems(self._numbers_of, self._known):
            raise pytest.UsageError(*found)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the outcome: the one of the test itself, unless something around it failed."""
        if report.nodeid in self._numbers_of and (report.when == "call" or not report.passed):
            self._outcomes[report.nodeid] = report.outcome

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Print the table when it was asked for."""
        if not config.getoption("criteria"):
            return
        results: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for test, numbers in self._numbers_of.items():
            for number in numbers:
                results[number].append((test, self._outcomes.get(test, "not run")))
        terminalreporter.section("acceptance criteria")
        for line in table(self._known, results):
            terminalreporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option `--criteria`."""
    parser.addoption("--criteria", action="store_true", help="print the table of acceptance criteria")


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty table for this run."""
    config.pluginmanager.register(CriteriaPlugin(), "criteria-table")
