"""What the positioners of tooltip, select, menu and popover have in common."""

import reflex as rx

from ops_dashboard.ui.base_ui.part import Part


class Positioner(Part):
    """Places a popup beside its anchor."""

    side: rx.Var[str]
    align: rx.Var[str]
    side_offset: rx.Var[int]
