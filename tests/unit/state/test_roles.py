import reflex as rx
from reflex.state import BaseState

from ops_dashboard import ops_dashboard
from ops_dashboard.state.access import ROLE_ATTRIBUTE


def own_states(root: type[BaseState] = rx.State) -> list[type[BaseState]]:
    found: list[type[BaseState]] = []
    for state in root.get_substates():
        found += [state] if state.__module__.startswith("ops_dashboard") else []
        found += own_states(state)
    return found


def test_there_are_states_to_look_at():
    assert ops_dashboard.app, "importing the app registers every state"
    assert {"LiveState", "ModulesState", "DialogsState", "DemoState"} <= {s.__name__ for s in own_states()}


def test_every_handler_says_who_may_call_it():
    unmarked = [
        f"{state.__name__}.{name}"
        for state in own_states()
        for name, handler in state.event_handlers.items()
        if handler.fn.__module__.startswith("ops_dashboard") and not hasattr(handler.fn, ROLE_ATTRIBUTE)
    ]
    assert unmarked == []
