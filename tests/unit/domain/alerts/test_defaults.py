from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.domain.views.readings import readings
from tests.bodies import demo_bodies
from tests.snapshots import snapshot

RULES = {rule.id: rule for rule in DEFAULT_RULES}


def test_ids_are_unique() -> None:
    assert len(RULES) == len(DEFAULT_RULES)


def test_a_rule_has_either_levels_or_statuses() -> None:
    for rule in DEFAULT_RULES:
        assert bool(rule.statuses) is (rule.op == "status")
        assert bool(rule.levels) is (rule.op != "status")


def test_levels_stand_worst_first_and_clear_on_the_good_side() -> None:
    for rule in DEFAULT_RULES:
        ranks = [level.severity.rank for level in rule.levels]
        assert ranks == sorted(ranks)
        for level in rule.levels:
            assert level.clear >= level.at if rule.op == "below" else level.clear <= level.at


def test_the_required_thresholds() -> None:
    wanted = {"error_rate": 5, "response_time": 500, "worker_queue": 100}
    for name, at in wanted.items():
        warning, critical = RULES[name].level(Severity.WARNING), RULES[name].level(Severity.CRITICAL)
        assert warning is not None
        assert critical is not None
        assert (warning.at, critical.at) == (at, 2 * at)


def test_nothing_waits_by_default() -> None:
    assert all(rule.for_seconds == 0 for rule in DEFAULT_RULES)


def test_every_metric_is_a_series_of_the_page_where_there_is_one() -> None:
    now = snapshot(demo_bodies())
    page = page_view(now, PageView())
    known = {reading.key.removesuffix(".rate") for reading in readings(page)}
    judged = [sample.key for sample in samples(now, page) if sample.fresh and sample.value is not None]
    named = {key: RULES[key.rule_id].metric_of(key.target) for key in judged if RULES[key.rule_id].metric}
    assert {metric for metric in named.values() if metric not in known} == set()
    assert Key("module_response_time", "search") in named
