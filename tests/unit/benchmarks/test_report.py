"""The report of the benchmarks, written section by section."""

from benchmarks.__main__ import with_section

REPORT = "# Benchmarks\n\nBy hand.\n\n## Speed\n\nold\n"


def test_section_takes_the_place_of_its_last_figures() -> None:
    report = with_section(f"{REPORT}\n## Load\n\nkept\n", "speed", "new\n")
    assert report == "# Benchmarks\n\nBy hand.\n\n## Speed\n\nnew\n\n## Load\n\nkept\n"


def test_section_measured_first_is_added() -> None:
    assert with_section(REPORT, "load", "new") == f"{REPORT}\n## Load\n\nnew\n"


def test_section_measured_again_alike_stays_once() -> None:
    assert with_section(REPORT, "speed", "old") == REPORT
