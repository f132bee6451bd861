"""What the users do, and how well they are advised."""

from functools import lru_cache
from typing import Any

from ops_dashboard.demo.asked import Asked, invalid
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.readings import Readings, daily_load
from ops_dashboard.demo.simulation import Simulation

RANGES = {"1h": 1, "6h": 6, "24h": 24, "7d": 168}
"""The time ranges, in hours."""
_PER_HOUR = {
    # counts in an hour of full load
    "resources_created": 31.0,
    "resources_updated": 84.0,
    "searches_performed": 640.0,
    "annotations_created": 22.0,
    "collections_created": 1.8,
}
_USERS = 2_214
ENGAGEMENT = ("active_users", *_PER_HOUR)
"""The counts of user engagement."""
QUALITY = {"accuracy": (87.4, 1.3), "click_through_rate": (12.6, 0.9), "avg_user_rating": (4.21, 0.06)}
"""The numbers of recommendation quality: the usual value, and how far it sways."""


def user_engagement(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Counts within the range asked for, which ends now."""
    word, hours = _range(asked)
    now = simulation.readings(simulation.now)
    return {
        "timestamp": iso(simulation.now),
        **{name: engagement(name, hours, now) for name in ENGAGEMENT},
        "time_range": word,
    }


def engagement(name: str, hours: float, now: Readings) -> int:
    """One of the counts :data:`ENGAGEMENT`, of the ``hours`` that end now."""
    load, sway = _mean_load(now.t, hours), 1.0 + 0.05 * now.wander(name)
    if name == "active_users":
        return min(_USERS, round(_USERS * (0.03 + 0.07 * load) * hours**0.38 * sway))
    return round(_PER_HOUR[name] * hours * (0.25 + 0.75 * load) * sway)


@lru_cache(maxsize=8)  # all counts of a moment ask for the same
def _mean_load(end: float, hours: float) -> float:
    return sum(daily_load(end - (i + 0.5) / 24 * hours * 3_600.0) for i in range(24)) / 24


def recommendation_quality(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Accuracy and click-through in percent, rating 1 to 5, every model, and running A/B tests."""
    word, hours = _range(asked)
    now = simulation.readings(simulation.now)
    sway = _sway(hours, now)
    return {
        "timestamp": iso(simulation.now),
        **{name: quality(name, hours, now) for name in QUALITY},
        "model_performance": {
            name: _scores(precision + 0.01 * sway, recall + 0.012 * sway)
            for name, (precision, recall) in {
                "ncf": (0.842, 0.791),
                "content_based": (0.803, 0.826),
                "hybrid": (0.881, 0.858),
            }.items()
        },
        "ab_tests": [
            {
                "name": "hybrid-ranking-v2",
                "status": "running",
                "started_at": iso(simulation.boot),
                "variants": [
                    {"name": "control", "users": 412, "click_through_rate": round(11.9 + 0.5 * sway, 2)},
                    {"name": "hybrid-v2", "users": 398, "click_through_rate": round(13.4 + 0.7 * sway, 2)},
                ],
                "p_value": 0.031,
                "winner": None,
            }
        ],
        "time_range": word,
    }


def quality(name: str, hours: float, now: Readings) -> float:
    """One of the numbers :data:`QUALITY`, over the ``hours`` that end now."""
    usual, swing = QUALITY[name]
    return round(usual + swing * _sway(hours, now), 2)


def _sway(hours: float, now: Readings) -> float:
    calm = (hours / 168.0) ** 0.5  # a long range averages the short-term differences away
    return (1.0 - 0.7 * calm) * now.wander("recommendation")


def _scores(precision: float, recall: float) -> dict[str, float]:
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1_score": round(2.0 * precision * recall / (precision + recall), 4),
    }


def _range(asked: Asked) -> tuple[str, int]:
    """The range as a word and in hours: ``time_range`` decides, then ``time_window_days``, then 24 h."""
    word = asked.query.get("time_range")
    days = asked.integer("time_window_days", 0, 1, 90)
    if word is None:
        return (f"{days}d", days * 24) if days else ("24h", 24)
    if word not in RANGES:
        raise invalid(("query", "time_range"), f"Input should be one of {', '.join(RANGES)}", word)
    return word, RANGES[word]
