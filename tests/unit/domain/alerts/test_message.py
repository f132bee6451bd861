import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.message import lasting, message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample, Value
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import START, Play

RULES = {rule.id: rule for rule in DEFAULT_RULES}
SAYS: list[tuple[str, str, Value, str]] = [
    ("backend_unreachable", "", Status.DOWN, "The backend is unreachable: refused"),
    ("backend_unreadable", "", Status.DOWN, "The backend answers, but nothing can be read: refused"),
    ("component_status", "redis", Status.DOWN, "Component redis is down: refused"),
    ("module_status", "search", Status.DEGRADED, "Module search is degraded: refused"),
    ("database_status", "", Status.DOWN, "The database is down: refused"),
    ("workers_status", "", Status.DEGRADED, "Workers are degraded: refused"),
    ("error_rate", "", 9.1, "Error rate is 9.1 % (> 5 %): refused"),
    ("error_rate", "", 12.34, "Error rate is 12.3 % (> 10 %): refused"),
    ("error_rate", "", 5.004, "Error rate is 5.004 % (> 5 %): refused"),
    ("response_time", "", 812.4, "Response time p95 is 812 ms (> 500 ms): refused"),
    ("response_time", "", 12_400.0, "Response time p95 is 12,400 ms (> 1,000 ms): refused"),
    ("module_response_time", "graph", 612.0, "Module graph answers in 612 ms (> 500 ms): refused"),
    ("worker_queue", "", 127.0, "Worker queue holds 127 tasks (> 100 tasks): refused"),
    ("db_pool", "", 96.0, "DB pool is 96 % in use (> 95 %): refused"),
    ("cache_hit_rate", "", 41.0, "Cache hit rate is 41 % (< 50 %): refused"),
    ("event_latency", "", 1.52, "Event latency p95 is 1.52 ms (> 1 ms): refused"),
    ("model_not_loaded", "summarizer", Status.DOWN, "Model summarizer is not loaded: refused"),
    ("model_error_rate", "summarizer", 7.0, "Error rate of model summarizer is 7 % (> 5 %): refused"),
    ("ingestion_worker", "", Status.DOWN, "The ingestion worker is down: refused"),
    ("jobs_failed", "", 2.0, "Ingestion jobs failed in the last hour: 2: refused"),
    ("job_stuck", "", 2700.0, "The longest-running ingestion job takes 45 min (> 30 min): refused"),
    ("token_refused", "The backend refuses the token", Status.DOWN, "The backend refuses the token: refused"),
    ("backend_restarted", "Backend restarted at noon", 1.0, "Backend restarted at noon: refused"),
    ("source_failing", "Cache", 12.0, "Cache cannot be read for 12 s: refused"),
    ("source_failing", "Cache", 360.0, "Cache cannot be read for 6 min (> 5 min): refused"),
]


def firing(rule: Rule, target: str, value: Value, detail: str = "") -> Play:
    play = Play(rule, State(Key(rule.id, target)))
    play.meets(Sample(play.state.key, value, START, fresh=True, detail=detail))
    return play


@pytest.mark.parametrize(("rule_id", "target", "value", "text"), SAYS)
def test_it_says_what_is_wrong(rule_id: str, target: str, value: Value, text: str) -> None:
    play = firing(RULES[rule_id], target, value, "refused")
    assert message(RULES[rule_id], play.state) == text
    assert play.events[0].text == text


def test_every_rule_but_the_one_about_growth_is_in_the_table_above() -> None:
    assert {row[0] for row in SAYS} == set(RULES) - {"failed_deliveries"}


def test_of_failed_deliveries_it_says_the_growth() -> None:
    rule = RULES["failed_deliveries"]
    assert (
        Play(rule, State(Key(rule.id))).sees_all([110, 113]).events[0].text == "Failed deliveries rose by 3"
    )


@pytest.mark.parametrize(
    ("rule_id", "values", "text"),
    [
        ("error_rate", [9.1, 4.5], "Error rate is 4.5 % (still above 4 %)"),
        ("error_rate", [12, 9], "Error rate is 9 % (still above 8 %)"),
        ("error_rate", [9.1, 4], "Error rate is 4 % again"),
        ("error_rate", [9.1, None], "Error rate is 9.1 % (> 5 %), when last read"),
        ("error_rate", [9.1, 3, None], "Error rate is 3 % again"),
        ("cache_hit_rate", [40, 52], "Cache hit rate is 52 % (still below 55 %)"),
        ("module_status", [Status.DOWN, Status.HEALTHY], "Module search is healthy again"),
        ("model_not_loaded", [Status.DOWN, Status.HEALTHY], "Model search is loaded"),
        ("backend_unreachable", [Status.DOWN, Status.HEALTHY], "The backend answers again"),
        ("source_failing", [360, 0], "search can be read again"),
    ],
)
def test_it_never_says_what_is_no_longer_so(rule_id: str, values: list[Value | None], text: str) -> None:
    rule = RULES[rule_id]
    play = Play(rule, State(Key(rule_id, "search"))).sees_all(values, every=1)
    assert message(rule, play.state) == text


def test_it_says_for_how_long() -> None:
    play = firing(RULES["error_rate"], "", 9.1)
    play.sees(9.1, 120.0)
    assert lasting(play.incident) == "for 2 min"


def test_a_hostile_name_is_only_a_name() -> None:
    play = firing(RULES["module_status"], "{value} {0} %s", Status.DOWN)
    assert message(RULES["module_status"], play.state) == "Module {value} {0} %s is down"


def test_of_a_long_text_it_says_the_first_line() -> None:
    play = firing(RULES["database_status"], "", Status.DOWN, "Connection refused\nIs the server running?")
    assert message(RULES["database_status"], play.state) == "The database is down: Connection refused"
