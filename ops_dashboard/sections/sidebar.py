"""The sidebar: links to the sections with their status marks, and how the sources do."""

import reflex as rx

from ops_dashboard import __version__
from ops_dashboard.sections.links import LINKS, LinkGroup, SectionLink
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.sections import ShellState
from ops_dashboard.ui.anchor import anchor
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.runtime import SidebarToggle
from ops_dashboard.ui.status import status_icon

_LINK = (
    "flex items-center gap-2.5 rounded-md px-2 py-1.5 text-muted no-underline hover:bg-track hover:text-fg"
)
_MARKS = "ml-auto inline-flex items-center gap-2"


def sidebar() -> rx.Component:
    """The navigation at the side, which can be collapsed to its icons; gone below 1024 px."""
    return rx.el.nav(
        rx.el.div(
            rx.el.span(
                "◉",
                aria_hidden="true",
                class_name="grid size-5.5 shrink-0 place-items-center rounded-md bg-accent text-xs text-page",
            ),
            rx.el.span("Ops dashboard", class_name="sidebar-text"),
            class_name="flex items-center gap-2 px-2 pb-4 font-semibold",
        ),
        section_links(),
        rx.el.div(
            sources_button("sidebar-sources"),
            version_line(),
            SidebarToggle.create(
                icon("panel-left"),
                rx.el.span("Collapse", class_name="sidebar-text"),
                controls="sidebar",
                class_name=_LINK + " text-xs",
            ),
            class_name="mt-auto grid gap-1 border-t border-line pt-2",
        ),
        id="sidebar",
        aria_label="Sections",
        class_name="sidebar sticky top-0 flex h-dvh flex-col gap-0.5 overflow-y-auto border-r border-line px-2 py-4"
        " max-lg:hidden",
    )


def section_links() -> rx.Component:
    """All links, used by the sidebar and by the menu of narrow screens."""
    return rx.fragment(*(_group(group) for group in LINKS))


def sources_button(button_id: str) -> rx.Component:
    """How many sources are fresh; opens the sheet that tells about each."""
    view = ShellState.view
    return rx.el.button(
        status_icon(
            status=rx.cond(view.fresh < view.read, "degraded", rx.cond(view.read > 0, "healthy", "unknown"))
        ),
        rx.el.span(
            rx.cond(view.read > 0, f"{view.fresh} of {view.read} sources fresh", "No sources read yet"),
            class_name="sidebar-text",
        ),
        type="button",
        id=button_id,
        aria_label="Data sources",
        aria_haspopup="dialog",
        on_click=DialogsState.show("sources"),
        class_name="flex items-center gap-2 rounded-md px-2 py-1.5 text-left text-xs hover:bg-track",
    )


def version_line() -> rx.Component:
    """Which backend is watched, by which version; a word when the past is not saved, or its clock is another."""
    return rx.fragment(
        _warning("History is not saved", ShellState.view.unsaved),
        _warning("The clocks differ", ShellState.view.clock),
        _version(),
    )


def _warning(words: str, why: rx.Var[str]) -> rx.Component:
    return rx.cond(
        why != "",
        rx.el.p(
            icon("triangle-alert", 14),
            rx.el.span(words, class_name="sidebar-text"),
            title=why,
            class_name="flex items-center gap-2 px-2 py-1 text-xs text-warn",
        ),
    )


def _version() -> rx.Component:
    return rx.el.p(
        ShellState.view.backend,
        f" · v{__version__}",
        class_name="sidebar-text px-2 text-xs text-muted break-words",
    )


def _group(group: LinkGroup) -> rx.Component:
    heading = [rx.el.p(group.heading, class_name="sidebar-text px-2 pt-3.5 pb-1 text-xs text-muted")]
    return rx.el.div(
        *(heading if group.heading else []),
        rx.el.ul(*(_link(link) for link in group.links), aria_label=group.heading or "Page"),
    )


def _link(link: SectionLink) -> rx.Component:
    return rx.el.li(
        anchor(
            icon(link.icon),
            rx.el.span(link.title, class_name="sidebar-text truncate"),
            *([rx.el.span(_alerts(link.mark), _mark(link.mark), class_name=_MARKS)] if link.mark else []),
            to=link.anchor,
            title=link.title,
            class_name=_LINK,
        )
    )


def _alerts(key: str) -> rx.Component:
    """How many alerts are open in the section."""
    count = AlertsState.view.sections[key]
    return rx.cond(
        count,
        rx.el.span(
            icon("bell", 14),
            rx.el.span(count, aria_hidden="true", class_name="sidebar-text"),
            rx.el.span(count, rx.cond(count == 1, " active alert", " active alerts"), class_name="sr-only"),
            class_name="inline-flex items-center gap-0.5 text-xs text-muted",
        ),
    )


def _mark(key: str) -> rx.Component:
    mark = ShellState.view.marks[key]
    return rx.cond(
        mark.status,
        rx.el.span(
            status_icon(status=mark.status),
            rx.cond(
                (mark.count > 0) & ~AlertsState.view.sections[key],
                rx.el.span(mark.count, aria_hidden="true", class_name="sidebar-text"),
            ),
            rx.el.span(mark.sentence, class_name="sr-only"),
            class_name="inline-flex items-center gap-1 text-xs",
        ),
    )
