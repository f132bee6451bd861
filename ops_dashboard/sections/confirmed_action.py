"""An action that is asked about before it is sent: its button with the result beneath, and the dialog's buttons."""

from dataclasses import dataclass

import reflex as rx

from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.ui import classes
from ops_dashboard.ui.action_result import action_result
from ops_dashboard.ui.button import Variant, button, button_class


@dataclass(frozen=True, slots=True)
class ConfirmedAction:
    """What such an action is made of. ``view`` is an ActionView; ``state`` tells what this tab is told of it."""

    button_id: str
    dialog: str
    """Key of the dialog that asks."""
    view: rx.Var
    state: type[rx.State]
    """Has ``not_sent``, ``dismissed`` and ``dismiss(number)``."""
    why_not: rx.Var
    """Why it cannot be done just now; empty while it can."""

    def opener(self, label: str, icon: str, *, why_not_shown: rx.Component) -> rx.Component:
        """The button that asks, why it cannot be used if so, and what came of it for every tab."""
        return rx.fragment(
            rx.el.div(
                button(
                    label,
                    id=self.button_id,
                    icon=icon,
                    size="sm",
                    class_name=classes.DIMMED,
                    on_click=self._if_possible(DialogsState.show(self.dialog)),
                    custom_attrs={"aria-disabled": self.why_not != "", "aria-describedby": self.why_id},
                ),
                why_not_shown,
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            action_result(
                self.view,
                not_sent=self.state.not_sent,
                dismissed=self.state.dismissed,
                on_dismiss=[rx.set_focus(self.button_id), self.state.dismiss(self.view.number)],
            ),
        )

    @property
    def why_id(self) -> str:
        """Id of the element that says why it cannot be done."""
        return f"{self.button_id}-why"

    def confirmation(self, label: str, variant: Variant, event: rx.event.EventCallback) -> rx.Component:
        """The foot of the dialog. ``event`` takes the number of the run that was shown there."""
        return rx.fragment(
            button("Cancel", on_click=DialogsState.close(False)),
            rx.el.button(
                label,
                type="button",
                on_click=self._if_possible(event(self.view.number).temporal),
                custom_attrs={"aria-disabled": self.why_not != ""},
                class_name=button_class(variant, extra=classes.DIMMED),
            ),
        )

    def _if_possible(self, event: rx.event.EventSpec) -> rx.Var:
        return rx.cond(self.why_not == "", event, rx.noop())
