"""The two buttons of the header about alerts: what happened, and what is watched."""

import reflex as rx

from ops_dashboard.state.alert_history import AlertHistoryState
from ops_dashboard.state.alert_preferences import AlertPreferencesState
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.ui.button import icon_button

HISTORY_BUTTON = "alert-history-button"
PREFERENCES_BUTTON = "alert-preferences-button"


def bell() -> rx.Component:
    """ "Alert history", with how many critical alerts and warnings wait for somebody, and "Alert preferences"."""
    view = AlertsState.view
    return rx.el.div(
        icon_button(
            "Alert history",
            "bell",
            count=view.critical + view.warning,
            id=HISTORY_BUTTON,
            aria_haspopup="dialog",
            custom_attrs={"aria-description": view.sentence},
            on_click=AlertHistoryState.show,
        ),
        icon_button(
            "Alert preferences",
            "settings",
            id=PREFERENCES_BUTTON,
            aria_haspopup="dialog",
            on_click=AlertPreferencesState.show,
        ),
        class_name="flex items-center gap-2",
    )
