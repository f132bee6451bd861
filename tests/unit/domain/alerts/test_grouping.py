from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.grouping import Group, grouped
from ops_dashboard.domain.alerts.handling import acknowledge, dismiss
from ops_dashboard.domain.alerts.sample import Key, Value
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.test_evaluate import DOWN, World


def groups(world: World) -> tuple[Group, ...]:
    return grouped(DEFAULT_RULES, world.states.values())


def names(group: Group) -> list[str]:
    return [state.key.target or state.key.rule_id for state in group.members]


def modules(value: Value, *numbers: int) -> list[tuple[Key, Value]]:
    return [(Key("module_status", f"m{n}"), value) for n in numbers]


def test_without_incidents_there_are_no_groups() -> None:
    world = World()
    world.sees(*modules(Status.HEALTHY, 1, 2))
    assert groups(world) == ()


def test_the_worst_comes_first_then_the_oldest() -> None:
    world = World()
    world.sees((Key("worker_queue"), 127.0))
    world.sees((Key("worker_queue"), 127.0), (Key("cache_hit_rate"), 40.0), (Key("response_time"), 700.0))
    world.sees(
        (Key("worker_queue"), 127.0), (Key("cache_hit_rate"), 40.0), (Key("response_time"), 700.0),
        (Key("error_rate"), 50.0),
    )  # fmt: skip
    assert [names(group) for group in groups(world)] == [
        ["error_rate"], ["worker_queue"], ["response_time"], ["cache_hit_rate"],
    ]  # fmt: skip
    assert groups(world)[0].title == "Error rate is 50 % (> 10 %)"


def test_what_nobody_handles_comes_before_what_somebody_does() -> None:
    world = World()
    for name, act in (("error_rate", dismiss), ("response_time", acknowledge), ("worker_queue", None)):
        world.sees((Key(name), 5_000.0 if name != "error_rate" else 50.0))
        if act:
            world.states[Key(name)], _ = act(world.states[Key(name)], world.now, "ana")
    assert [names(group)[0] for group in groups(world)] == ["worker_queue", "response_time", "error_rate"]


def test_what_one_cause_explains_stands_with_it() -> None:
    world = World()
    world.sees((Key("backend_unreachable"), DOWN), *modules(DOWN, 1, 2), (Key("error_rate"), 50.0))
    (group,) = groups(world)
    assert group.title == "The backend is unreachable"
    assert names(group) == ["backend_unreachable", "error_rate", "m1", "m2"]


def test_a_cause_of_a_cause_gathers_all() -> None:
    world = World()
    world.sees(
        (Key("component_status", "celery"), DOWN), (Key("workers_status"), DOWN), (Key("worker_queue"), 500.0)
    )
    (group,) = groups(world)
    assert names(group) == ["celery", "worker_queue", "workers_status"]


def test_three_of_a_kind_are_a_group_and_two_are_not() -> None:
    world = World()
    world.sees(*modules(DOWN, 1, 2))
    assert [names(group) for group in groups(world)] == [["m1"], ["m2"]]
    world.sees(*modules(DOWN, 1, 2), *modules(Status.DEGRADED, 3))
    (group,) = groups(world)
    assert (group.title, names(group), group.severity) == ("Module health: 3", ["m1", "m2", "m3"], "critical")


def test_a_cause_with_followers_stays_out_of_the_group_of_its_kind() -> None:
    world = World()
    slow = Key("module_response_time", "m1")
    world.sees(*modules(DOWN, 1, 2, 3, 4), (slow, 900.0))
    assert [(group.title, len(group.members)) for group in groups(world)] == [
        ("Module m1 is down", 2),
        ("Module health: 3", 3),
    ]
