"""What the interruption and its choices bring into the browser."""

import reflex as rx

from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.ui.base_ui.part import LIBRARY
from ops_dashboard.ui.browser_alerts import browser_alerts
from ops_dashboard.ui.interruption import interruption


class Alarms(rx.State):
    """Something to be interrupted by."""

    latest: rx.Field[InterruptionView] = rx.field(default_factory=InterruptionView)
    counts: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    blind: rx.Field[bool] = rx.field(False)
    sentence: rx.Field[str] = rx.field("")
    now: rx.Field[float] = rx.field(0.0)


def test_the_choices_bring_no_radix_and_only_the_pinned_base_ui():
    libraries = {library for library in browser_alerts()._get_all_imports() if "/" in library}
    assert not [library for library in libraries if "radix" in library]
    assert {library for library in libraries if "base-ui" in library} == {LIBRARY}


def test_the_choices_ask_the_server_for_nothing():
    rendered = str(browser_alerts())
    assert "browserAlerts.setSound(" in rendered
    assert "addEvents" not in rendered


def test_each_part_of_what_the_server_knows_reaches_the_component():
    rendered = str(
        interruption(
            Alarms.latest,
            counts=Alarms.counts,
            blind=Alarms.blind,
            sentence=Alarms.sentence,
            server_now=Alarms.now,
        )
    )
    for name, var in {
        "interruption": Alarms.latest,
        "counts": Alarms.counts,
        "blind": Alarms.blind,
        "sentence": Alarms.sentence,
        "serverNow": Alarms.now,
    }.items():
        assert f"{name}:{var!s}" in rendered
