"""Nothing invented: whatever number a page shows as reported stands in a body the backend sent."""

import re
from collections.abc import Iterable, Iterator

from ops_dashboard.domain.text import MESSAGE_LENGTH, NAME_LENGTH, clean
from ops_dashboard.domain.units import duration, exact
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.page import PageView, panels_of

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")
_LARGEST = 1e15


def figures(page: PageView) -> Iterator[Figure]:
    """Every figure of the page: key metrics, panels, tiles."""
    yield from page.key_metrics
    for panel in panels_of(page):
        yield from panel.all_figures()
    for tile in (*page.modules.tiles, *page.modules.components):
        yield from (tile.response, tile.errors)


def untraceable(page: PageView, bodies: Iterable[object]) -> list[str]:
    """The figures that show something which no body holds, and that do not say they are ours."""
    numbers, words = set[str](), {"loaded", "not loaded", "available"}
    for body in bodies:
        _collect(body, numbers, words)
    return [
        f"{figure.key}: {figure.exact or figure.text!r}"
        for figure in figures(page)
        if figure.text and figure.origin == "reported" and not _is_there(figure, numbers, words)
    ]


def _is_there(figure: Figure, numbers: set[str], words: set[str]) -> bool:
    if figure.text in words or figure.exact in words:
        return True
    shown = _NUMBER.findall(figure.exact.removesuffix(" of 5"))
    return bool(shown) and all(number in numbers for number in shown)


def _collect(body: object, numbers: set[str], words: set[str]) -> None:
    """Numbers as the page would write them (sizes of collections too), and texts as it would clean them."""
    if isinstance(body, dict | list):
        numbers.add(exact(len(body)))
        for inner in [*body, *body.values()] if isinstance(body, dict) else body:
            _collect(inner, numbers, words)
    elif isinstance(body, str):
        words |= {clean(body, NAME_LENGTH), clean(body, MESSAGE_LENGTH)}
        for found in body.split() if "# TYPE" in body else [body]:
            _add(found, numbers, words)
    elif not isinstance(body, bool):
        _add(body, numbers, words)


def _add(value: object, numbers: set[str], words: set[str]) -> None:
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, OverflowError):
        return
    if abs(number) <= _LARGEST:  # NaN fails this too
        numbers.add(exact(number + 0.0))
        words.add(duration(number))
