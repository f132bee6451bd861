"""What dialog and sheet share: title, close button, a body that scrolls, and focus that comes back."""

import reflex as rx

from ops_dashboard.ui.base_ui import dialog as base
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.runtime import DialogRoot


def overlay(
    title: rx.Var[str] | str,
    *children: rx.Component,
    open: rx.Var[bool],
    on_open_change: rx.EventHandler | rx.event.EventCallback,
    opener_id: rx.Var[str] | str,
    description: rx.Var[str] | str | None,
    footer: rx.Component | None,
    panel_class: str,
) -> rx.Component:
    """A modal panel over the page. It is the server that opens it; Escape, the veil or the cross close it."""
    final_focus = None
    if isinstance(opener_id, rx.Var) or opener_id:
        final_focus = rx.Var(f"() => document.getElementById({rx.Var.create(opener_id)}) ?? true")
    return DialogRoot.create(
        base.Portal.create(
            base.Backdrop.create(
                class_name="fixed inset-0 z-30 bg-backdrop transition-opacity duration-150"
                " data-ending-style:opacity-0 data-starting-style:opacity-0",
            ),
            base.Popup.create(
                rx.el.header(
                    base.Title.create(title, class_name="text-md font-semibold"),
                    base.Close.create(
                        icon("x"),
                        aria_label="Close",
                        class_name="-mr-1 grid size-8 shrink-0 place-items-center rounded-md text-muted"
                        " hover:bg-track hover:text-fg",
                    ),
                    class_name="flex items-center justify-between gap-4 border-b border-line px-5 py-3",
                ),
                rx.el.div(
                    *([] if description is None else [_description(description)]),
                    *children,
                    tab_index=0,  # so that the keyboard can scroll it also while it holds no control
                    class_name="min-h-0 flex-1 overflow-y-auto px-5 py-4",
                ),
                *([] if footer is None else [_footer(footer)]),
                **({} if final_focus is None else {"final_focus": final_focus}),
                class_name="fixed z-40 flex flex-col border-line bg-surface text-fg outline-none"
                f" {panel_class}",
            ),
        ),
        open=open,
        on_open_change=on_open_change,
    )


def _description(text: rx.Var[str] | str) -> rx.Component:
    return base.Description.create(text, class_name="mb-3 text-muted")


def _footer(content: rx.Component) -> rx.Component:
    return rx.el.footer(content, class_name="flex justify-end gap-2 border-t border-line px-5 py-3")
