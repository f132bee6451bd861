"""Precision, recall and F1 of recommendation models, side by side as bars."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from ops_dashboard.domain.views.model_scores import ModelScores, Score
from ops_dashboard.ui.inline_style import inline_style

_FILLS = {"Precision": "bg-c1", "Recall": "bg-c3", "F1": "bg-s2"}


def model_scores(models: ArrayVar[tuple[ModelScores, ...]]) -> rx.Component:
    """A list with three bars for each model; every bar has its name and its number."""
    return rx.el.ul(
        rx.foreach(models, _model),
        aria_label="Scores of the models",
        class_name="grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] gap-x-6 gap-y-3",
    )


def _model(model: ObjectVar[ModelScores]) -> rx.Component:
    return rx.el.li(
        rx.el.h3(model.name, title=model.name, class_name="truncate text-xs font-medium"),
        rx.el.ul(rx.foreach(model.scores, _score), class_name="mt-1 grid gap-1"),
        key=model.name,
        class_name="min-w-0",
    )


def _score(score: ObjectVar[Score]) -> rx.Component:
    return rx.el.li(
        rx.el.span(score.label, class_name="text-muted"),
        rx.el.span(
            rx.el.span(
                custom_attrs=inline_style(width=f"{score.percent}%"),
                class_name=["block h-full rounded-sm", rx.match(score.label, *_FILLS.items(), "bg-s2")],
            ),
            aria_hidden=True,
            class_name="h-2 overflow-hidden rounded-sm bg-track",
        ),
        rx.el.span(
            rx.cond(score.text != "", score.text, "not reported"),
            title=score.exact,
            class_name=rx.cond(score.text != "", "text-right font-medium", "text-right text-muted"),
        ),
        key=score.label,
        class_name="grid grid-cols-[3.75rem_minmax(2rem,1fr)_minmax(2.25rem,auto)] items-center gap-2 text-xs",
    )
