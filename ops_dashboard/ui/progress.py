"""A bar that fills as something proceeds."""

import reflex as rx
from reflex.vars import NumberVar

from ops_dashboard.ui.inline_style import inline_style


def progress_bar(label: rx.Var[str] | str, percent: rx.Var[float] | NumberVar) -> rx.Component:
    """The bar named ``label``, with the figure behind it; ``percent`` is from 0 to 100."""
    text = f"{percent.to(float)} %"
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                class_name="h-full rounded-full bg-c1",
                custom_attrs=inline_style(width=f"{percent.to(float)}%"),
            ),
            role="progressbar",
            aria_label=label,
            custom_attrs={
                "aria-valuenow": percent,
                "aria-valuemin": 0,
                "aria-valuemax": 100,
                "aria-valuetext": text,
            },
            class_name="h-2 min-w-0 grow overflow-hidden rounded-full bg-track",
        ),
        rx.el.span(text, aria_hidden=True, class_name="text-xs whitespace-nowrap"),
        class_name="flex items-center gap-2",
    )
