"""How this browser interrupts its user: sound and desktop notifications; see ``assets/ops_browser_alerts.jsx``."""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import FunctionVar, VarData

from ops_dashboard.ui.button import button
from ops_dashboard.ui.radio_group import radio_group
from ops_dashboard.ui.switch import switch

_LIBRARY = "$/public/ops_browser_alerts"
_HOOK = VarData(
    imports={_LIBRARY: [ImportVar(tag="useBrowserAlerts")]},
    hooks={"const browserAlerts = useBrowserAlerts()": None},
)
_TEST_ID = "test-sound"
_SEVERITIES = [("warning", "Warning"), ("critical", "Critical")]
_PERMISSION = {
    "granted": "One for all alerts of a poll; the next one takes its place.",
    "default": "The browser will ask for your permission when you switch them on.",
    "denied": "The browser blocks them for this site. Allow notifications in its settings for this site,"
    " beside the address, and then switch them on.",
    "insecure": "Browsers show them only for pages opened by HTTPS, or on localhost.",
    "unsupported": "This browser cannot show them.",
}
_SILENCE = {
    "unsupported": "This browser cannot play sounds.",
    "silent": "The browser does not start the sound: it may have no device to play it on.",
}


class BrowserAlertsPart(rx.Component):
    """A component of ``assets/ops_browser_alerts.jsx``."""

    library = _LIBRARY


class Volume(BrowserAlertsPart):
    """The slider of the volume, 10–100 %."""

    tag = "Volume"


class UnlockSound(BrowserAlertsPart):
    """A button that is there while the browser wants a click first; ``next`` has the id of what gets the focus."""

    tag = "UnlockSound"

    next: rx.Var[str]


def browser_alerts() -> rx.Component:
    """The form, kept by the browser and effective at once; one per page."""
    return rx.el.div(_sound(), _notifications(), class_name="grid gap-5 sm:grid-cols-2")


def _sound() -> rx.Component:
    return rx.el.div(
        switch("Sound", _chosen("sound", bool), _change("setSound")),
        Volume.create(),
        _least("Sound from", "soundFrom", "setSoundFrom"),
        button("Test sound", size="sm", icon="volume-2", on_click=_change("testSound"), id=_TEST_ID),
        UnlockSound.create(
            "Sound is blocked by the browser until you click here",
            next=_TEST_ID,
            class_name="min-h-6 text-left text-xs text-warn underline",
        ),
        rx.el.p(
            rx.match(_chosen("soundState", str), *_SILENCE.items(), ""),
            aria_live="polite",  # it takes a moment to find out
            class_name="text-xs text-warn empty:hidden",
        ),
        class_name="grid content-start justify-items-start gap-2",
    )


def _notifications() -> rx.Component:
    permission = _chosen("permission", str)
    return rx.el.div(
        switch("Desktop notifications", _chosen("notifications", bool), _change("setNotifications")),
        rx.el.p(
            rx.match(permission, *_PERMISSION.items(), ""),
            aria_live="polite",  # the browser may refuse just when they are switched on
            custom_attrs={"data-permission": permission},
            class_name="text-xs text-muted",
        ),
        _least("Notifications from", "notificationsFrom", "setNotificationsFrom"),
        class_name="grid content-start justify-items-start gap-2",
    )


def _least(label: str, chosen: str, change: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, aria_hidden="true", class_name="text-xs text-muted"),
        radio_group(label, _chosen(chosen, str), _SEVERITIES, _change(change)),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
    )


def _chosen(name: str, kind: type) -> rx.Var:
    return rx.Var(f"browserAlerts.{name}", _var_type=kind, _var_data=_HOOK).guess_type()


def _change(name: str) -> FunctionVar:
    return rx.Var(f"browserAlerts.{name}", _var_data=_HOOK).to(FunctionVar)
