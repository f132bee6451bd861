"""Class names shared by several parts of the kit."""

POPUP = (
    "rounded-lg border border-line-strong bg-raised text-fg shadow-pop outline-none"
    " transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
)
"""The box of tooltips, selects, menus and popovers."""

ITEM = (
    "flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none"
    " data-highlighted:bg-track data-disabled:text-muted"
)
"""One line of a select or a menu."""

DIMMED = (
    "aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-transparent"
    " aria-disabled:text-muted aria-disabled:hover:border-line aria-disabled:hover:bg-transparent"
)
"""A button that cannot be used still takes the focus, so that its reason can be heard."""


def join(*names: str) -> str:
    """Join class names, leaving out empty ones.

    >>> join("p-2", "", "text-sm")
    'p-2 text-sm'
    """
    return " ".join(filter(None, names))
