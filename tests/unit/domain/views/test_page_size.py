"""How much a tab can be sent at most, whatever the backend answers."""

from dataclasses import replace

from pydantic_core import to_json

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.evaluate import evaluate
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.series.points import DEFAULT_SPAN
from ops_dashboard.domain.views.alerts import alerts_view
from ops_dashboard.domain.views.page import PageView, page_view
from tests.bodies import demo_bodies
from tests.snapshots import NOW, snapshot

MOST = 2 * 2**20
"""Bytes of the whole page."""
LONG = "名" * 2_000
"""Three bytes for each character."""


def names(kind: str) -> list[str]:
    return [f"{kind} {n} {LONG}" for n in range(1_000)]


def test_a_page_of_the_longest_names_and_messages_is_no_larger_than_two_megabytes() -> None:
    down = {"status": "down", "message": LONG, "response_time_ms": 1e14 / 7, "error_count": 1e14}
    known = snapshot(
        demo_bodies()
        | {
            "health": {
                "message": LONG,
                "modules": dict.fromkeys(names("m"), down),
                "components": dict.fromkeys(names("c"), down),
            },
            "model_health": {"models": {key: {"loaded": False, "error_rate": 99} for key in names("ml")}},
            "events": {"event_types": dict.fromkeys(names("e"), 1e14)},
            "database": {"warnings": names("w")},
            "ingestion_health": {"services": dict.fromkeys(names("s"), f"down: {LONG}")},
            "jobs": [{"repo_url": name, "status": "failed", "error": LONG} for name in names("j")],
            "recommendation_quality.1h": {"model_performance": {key: {"f1_score": 1} for key in names("r")}},
        }
    )
    page = page_view(known, PageView())
    states, _ = evaluate(DEFAULT_RULES, {}, tuple(samples(known, page)), NOW)
    sent = replace(
        page,
        ingestion=page.ingestion.without_rows(),
        alerts=alerts_view(DEFAULT_RULES, states, {}, lambda _: "", NOW),
        engagement={DEFAULT_SPAN: page.engagement[DEFAULT_SPAN]},
        recommendations={DEFAULT_SPAN: page.recommendations[DEFAULT_SPAN]},
    )
    assert MOST / 4 < len(to_json(sent)) < MOST
