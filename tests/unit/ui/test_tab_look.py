"""The title and the icon of the browser's tab."""

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from tests.unit.ui.node import run

SVG = "{http://www.w3.org/2000/svg}"


def _title(counts: str, trouble: str = "none") -> object:
    return run("ops_tab_look.js", f"return m.titleOf({_told(counts, trouble)})")


def _mark(counts: str, trouble: str = "none") -> object:
    return run("ops_tab_look.js", f"return m.markOf({_told(counts, trouble)})")


def _told(counts: str, trouble: str) -> str:
    return f"{{title: 'Operations', lost: false, blind: false, counts: {counts}, {trouble}: true}}"


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ("{}", "Operations"),
        ("{critical: 0, warning: 0, info: 4}", "Operations"),
        ("{critical: 1, warning: 1, info: 4}", "(2) Operations"),
        ("{critical: 0, warning: 120}", "(120) Operations"),
        ("{critical: null, warning: 'x'}", "Operations"),
        ("{critical: NaN, warning: -3}", "Operations"),
    ],
)
def test_the_title_counts_what_interrupts(counts: str, title: str):
    assert _title(counts) == title


@pytest.mark.parametrize("trouble", ["lost", "blind"])
def test_what_nobody_knows_goes_before_any_count(trouble: str):
    counts = "{critical: 2, warning: 1}"
    assert _title(counts, trouble) == "? Operations"
    assert _mark(counts, trouble) == "?"


@pytest.mark.parametrize(
    ("counts", "mark"),
    [
        ("{}", ""),
        ("{info: 3}", ""),
        ("{warning: 1}", "1"),
        ("{warning: 9}", "9"),
        ("{warning: 10}", "9+"),
        ("{critical: 1, warning: 10}", "!"),
    ],
)
def test_the_icon_says_the_worst(counts: str, mark: str):
    assert _mark(counts) == mark


@pytest.mark.parametrize("mark", ["?", "!", "3", "9+"])
def test_the_icon_is_an_image_that_shows_its_mark(mark: str):
    address = run("ops_tab_look.js", f"return m.iconOf('{mark}')")
    assert isinstance(address, str)
    kind, _, image = address.partition(",")
    assert kind == "data:image/svg+xml"
    text = ElementTree.fromstring(unquote(image)).find(f"{SVG}text")
    assert text is not None
    assert text.text == mark
