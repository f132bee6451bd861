"""A field that looks for words while they are typed."""

from collections.abc import Callable

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.text_field import INPUT

_PAUSE_MS = 250
"""How long the typing rests before the server is asked."""
_LONGEST = 100


def search_field(
    label: str,
    *,
    value: rx.Var[str],
    made_anew: rx.Var[int],
    on_search: Callable[[rx.Var[str]], rx.event.EventSpec],
    class_name: str = "",
) -> rx.Component:
    """The field; ``on_search`` makes of the text the event that looks for it.

    The browser holds what is typed: another ``value`` has an effect only when ``made_anew`` has changed, too.
    """
    return rx.el.input(
        type="search",
        aria_label=label,
        placeholder="Search",
        default_value=value,
        max_length=_LONGEST,
        on_change=lambda text: on_search(text).debounce(_PAUSE_MS),
        key=made_anew.to_string(),
        class_name=classes.join(INPUT, "h-7 w-36", class_name),
    )
