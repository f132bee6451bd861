"""Every public method of every state can be called by anybody, so each says who may."""

import inspect
from typing import get_type_hints

import reflex as rx
from reflex.state import BaseState, State

from ops_dashboard import ops_dashboard
from ops_dashboard.state.access import ROLE_ATTRIBUTE
from ops_dashboard.state.arguments import problem
from tests.handlers import handlers, needing


def all_states(root: type[BaseState] = rx.State) -> list[type[BaseState]]:
    """The root and all below it, of this project and of the framework."""
    return [root, *(below for state in root.get_substates() for below in all_states(state))]


def own_states() -> list[type[BaseState]]:
    return [state for state in all_states() if state.__module__.startswith("ops_dashboard")]


def test_there_are_states_to_look_at():
    assert ops_dashboard.app, "importing the app registers every state"
    assert {"LiveState", "ModulesState", "DialogsState", "DemoState"} <= {s.__name__ for s in own_states()}


def test_every_handler_of_ours_says_who_may_call_it():
    unmarked = [
        f"{state.__name__}.{name}"
        for state in own_states()
        for name, handler in state.event_handlers.items()
        if handler.fn.__module__.startswith("ops_dashboard") and not hasattr(handler.fn, ROLE_ATTRIBUTE)
    ]
    assert unmarked == []


def test_no_public_method_of_ours_is_anything_but_a_marked_handler():
    unmarked = [
        f"{state.__name__}.{name}"
        for state in own_states()
        for name, member in vars(state).items()
        if not name.startswith("_")
        and name not in BaseState.__dict__
        and inspect.isfunction(member)
        and not hasattr(member, ROLE_ATTRIBUTE)
    ]
    assert unmarked == []


def test_of_the_framework_only_what_a_page_needs_can_be_called():
    names = {handlers()[name].__qualname__ for name in needing("viewer", "operator")}
    theirs = {
        handler.__qualname__ for handler in handlers().values() if handler.__module__ == State.__module__
    }
    assert names & theirs == {
        "State.hydrate_and_load",
        "State.set_is_hydrated",
        "OnLoadInternalState.on_load_internal",
        "OnLoadInternalState.set_is_hydrated",
        "UpdateVarsInternalState.update_vars_internal",
        "FrontendEventExceptionState.handle_frontend_exception",
    }
    assert not any("setvar" in name.lower() for name in names)


def test_the_arguments_of_every_handler_can_be_checked():
    for name in needing("viewer", "operator"):
        handler = handlers()[name]
        hints = get_type_hints(handler)
        taken = list(inspect.signature(handler).parameters)[1:]
        assert [one for one in taken if hints.get(one, object) is object] == [], name
        assert problem(handler, {"no such argument": 1})
