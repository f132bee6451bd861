"""A line of text to be typed, with its name, its unit, and what is wrong with it."""

import reflex as rx

from ops_dashboard.ui import classes

INPUT = (
    "min-w-0 rounded-md border border-faint bg-raised px-2 text-fg outline-offset-1"
    " aria-invalid:border-crit placeholder:text-muted"
)
"""The look of what can be typed in."""


def text_field(
    label: rx.Var[str] | str,
    *,
    field_id: rx.Var[str] | str,
    name: rx.Var[str] | str,
    value: rx.Var[str] | str,
    unit: rx.Var[str] | str,
    problem: rx.Var[str],
    on_blur: rx.EventHandler | rx.event.EventCallback | rx.event.EventSpec,
    read_only: rx.Var[bool] | bool = False,
) -> rx.Component:
    """A number to be typed; ``on_blur`` receives the text when the field is left.

    The browser holds what is typed: another ``value`` has an effect only on a field that is made anew.
    """
    problem_id = rx.Var.create(f"{field_id}-problem")
    return rx.el.div(
        rx.el.label(label, html_for=field_id, class_name="text-xs text-muted"),
        rx.el.div(
            rx.el.input(
                id=field_id,
                name=name,
                default_value=value,
                on_blur=on_blur,
                read_only=read_only,
                input_mode="decimal",
                auto_complete="off",
                max_length=40,
                custom_attrs={"aria-invalid": problem != "", "aria-describedby": problem_id},
                class_name=classes.join(INPUT, "h-7 w-full text-right"),
            ),
            rx.el.span(unit, class_name="min-w-6 text-xs text-muted"),
            class_name="flex items-center gap-1.5",
        ),
        rx.el.p(problem, id=problem_id, class_name="text-xs text-crit empty:hidden"),
        class_name="grid min-w-0 content-start gap-0.5",
    )
