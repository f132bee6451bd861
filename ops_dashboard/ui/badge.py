"""Small framed words: a tag beside a label, and a count."""

from typing import Any, Literal

import reflex as rx

Tone = Literal["muted", "info", "ok", "warn", "crit"]

_TONES: dict[Tone, str] = {
    "muted": "text-muted",
    "info": "text-info",
    "ok": "text-ok",
    "warn": "text-warn",
    "crit": "text-crit",
}


def badge(*children: rx.Component | rx.Var | str, tone: Tone = "muted", **props: Any) -> rx.Component:
    """A word in a frame of its own colour."""
    return rx.el.span(
        *children,
        class_name="inline-flex items-center gap-1 rounded-sm border border-current px-1 text-[0.6875rem]"
        f" leading-4 font-normal whitespace-nowrap {_TONES[tone]}",
        **props,
    )
