"""The dialog "Alert preferences": which rules are watched, from which value on, and what that would mean now."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.alert_preferences import FieldRow, RuleRow
from ops_dashboard.sections.barred import IS_BARRED, barred_attrs, barred_line, may_act
from ops_dashboard.sections.bell import PREFERENCES_BUTTON
from ops_dashboard.state.alert_preferences import EVERY_RULE, PREFERENCES, AlertPreferencesState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.ui import classes
from ops_dashboard.ui.button import button, button_class
from ops_dashboard.ui.dialog import dialog
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.overlay import overlay
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.switch import switch
from ops_dashboard.ui.text_field import text_field

_FORM = "alert-preferences-form"
_WIDE = (
    "top-1/2 left-1/2 max-h-[90dvh] w-[min(64rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 rounded-lg"
    " border shadow-pop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
)
_COLUMNS = {"warning": "lg:col-start-2", "info": "lg:col-start-2", "critical": "lg:col-start-3"}
"""Where each field stands, so that those of the same kind stand below each other."""
_FADED = "aria-disabled:border-transparent aria-disabled:font-normal aria-disabled:text-muted"


def alert_preferences_dialog(this_browser: rx.Component) -> rx.Component:
    """The dialog; ``this_browser`` is what concerns this browser alone: sound and notifications."""
    return overlay(
        "Alert preferences",
        rx.el.section(
            rx.el.h3("This browser", class_name="mb-2 text-sm font-semibold"),
            this_browser,
            aria_label="This browser",
        ),
        rx.el.section(
            rx.el.h3("Rules, for everybody", class_name="mt-5 text-sm font-semibold"),
            rx.el.p(
                "A change holds from the next reading on. An alert ends a little inside its threshold, so that a value"
                " that wavers is one alert.",
                class_name="mb-1 text-xs text-muted",
            ),
            barred_line(),
            rx.el.form(
                rx.el.ul(rx.foreach(AlertPreferencesState.rows, _rule), class_name="divide-y divide-line"),
                id=_FORM,
                custom_attrs={"noValidate": True},
                on_submit=AlertPreferencesState.save.temporal,
            ),
            aria_label="Rules",
        ),
        _confirm(),
        open=DialogsState.open_dialog == PREFERENCES,
        on_open_change=AlertPreferencesState.close,
        opener_id=PREFERENCES_BUTTON,
        description=None,
        footer=_footer(),
        panel_class=_WIDE,
    )


def _rule(row: ObjectVar[RuleRow]) -> rx.Component:
    return rx.el.li(
        # Its fields are named alike in every rule: the group tells which one they belong to.
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    switch(row.title, row.enabled, AlertPreferencesState.switch(row.id), disabled=IS_BARRED),
                    class_name="*:text-sm *:text-fg",
                ),
                _now(row),
                rx.cond(row.problem != "", rx.el.p(row.problem, class_name="text-xs text-crit")),
                class_name="grid min-w-0 content-start gap-1 max-lg:col-span-full",
            ),
            rx.foreach(row.fields, lambda field: _field(row, field)),
            rx.el.button(
                icon("rotate-ccw", 14),
                "Reset",
                rx.el.span(row.title, class_name="sr-only"),
                type="button",
                on_click=may_act(AlertPreferencesState.ask_reset(row.id)),
                custom_attrs=barred_attrs(also=~row.custom & ~row.changed),
                class_name=button_class(
                    size="sm", extra=f"mt-4.5 justify-self-end lg:col-start-5 lg:row-start-1 {_FADED}"
                ),
            ),
            role="group",
            aria_label=row.title,
            class_name="grid grid-cols-2 items-start gap-x-4 gap-y-2 py-3 sm:grid-cols-4"
            " lg:grid-cols-[minmax(0,1fr)_9rem_9rem_8rem_5.5rem]",
        ),
        key=row.id,
        custom_attrs={"data-rule": row.id, "data-changed": row.changed},
    )


def _field(row: ObjectVar[RuleRow], field: ObjectVar[FieldRow]) -> rx.Component:
    return rx.el.div(
        text_field(
            field.label,
            field_id=field.id,
            name=field.id,
            value=field.text,
            unit=field.unit,
            problem=field.problem,
            on_blur=AlertPreferencesState.type_in(row.id, field.name),
            read_only=IS_BARRED,
        ),
        key=rx.Var.create(f"{field.id}-{AlertPreferencesState.edition}"),
        class_name=["min-w-0 lg:row-start-1", rx.match(field.name, *_COLUMNS.items(), "lg:col-start-4")],
    )


def _now(row: ObjectVar[RuleRow]) -> rx.Component:
    """Whether the rule as it stands here would be firing."""
    return rx.el.p(
        "Would be firing now: ",
        rx.cond(
            row.firing != "",
            severity_mark(severity=row.firing, word=row.preview),
            row.preview,
        ),
        class_name="flex flex-wrap items-center gap-x-1 text-xs text-muted",
    )


def _footer() -> rx.Component:
    return rx.el.div(
        rx.el.p(AlertPreferencesState.told, role="status", class_name="min-w-0 grow text-sm break-words"),
        # Not disabled but said to be so: a button that is disabled, or goes away, loses the focus.
        button(
            "Reset all…",
            on_click=may_act(AlertPreferencesState.ask_reset(EVERY_RULE)),
            custom_attrs=barred_attrs(also=~AlertPreferencesState.is_custom),
            class_name=_FADED,
        ),
        button(
            "Discard changes",
            on_click=may_act(AlertPreferencesState.discard),
            custom_attrs=barred_attrs(also=~AlertPreferencesState.is_changed),
            class_name=_FADED,
        ),
        rx.el.button(
            "Save",
            type=rx.cond(IS_BARRED, "button", "submit"),
            form=_FORM,
            custom_attrs=barred_attrs(),
            class_name=button_class("primary", extra=classes.DIMMED),
        ),
        class_name="flex w-full flex-wrap items-center justify-end gap-2",
    )


def _confirm() -> rx.Component:
    of_all = AlertPreferencesState.resetting == EVERY_RULE
    return dialog(
        "Reset to defaults",
        rx.el.p(
            rx.cond(of_all, "All rules", AlertPreferencesState.resetting_title),
            " will be set back to the defaults, for everybody.",
        ),
        open=AlertPreferencesState.resetting != "",
        on_open_change=AlertPreferencesState.cancel_reset,
        footer=rx.fragment(
            button("Cancel", on_click=AlertPreferencesState.cancel_reset(False)),
            button("Reset", variant="danger", on_click=AlertPreferencesState.reset_asked.temporal),
        ),
    )
