"""What may be asked of ``/demo/control``, and whether it can be done."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.routing import compile_path

from ops_dashboard.demo.asked import Asked, Refusal
from ops_dashboard.demo.calls import BY_NAME, CALLS
from ops_dashboard.demo.faults import EVERY_PATH, FaultKind
from ops_dashboard.demo.overrides import put
from ops_dashboard.demo.shaping import shaped
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.demo.timeline import scenario_named

_MAX_DELAY = 3_600.0
_SHOWN = 200
_OFFERED = [compile_path(call.path)[0] for call in CALLS]
_EXAMPLE = Asked({"module_name": "search"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class FaultOrder(_Strict):
    """A fault to put on a path, or with the kind ``none`` to take away from it."""

    path: str
    kind: Literal[FaultKind, "none"]
    value: float | None = None
    retry_after: int | None = Field(None, ge=0, le=86_400)

    @model_validator(mode="after")
    def _value_suits_kind(self) -> "FaultOrder":
        if self.kind == "status" and self.value not in range(200, 600):
            raise ValueError("a status fault needs an HTTP status from 200 to 599 as its value")
        if self.kind == "delay" and not (self.value is not None and 0.0 <= self.value <= _MAX_DELAY):
            raise ValueError(f"a delay needs seconds from 0 to {_MAX_DELAY:.0f} as its value")
        if self.path != EVERY_PATH and not any(pattern.match(self.path) for pattern in _OFFERED):
            raise ValueError(f"the demo offers nothing at {self.path[:_SHOWN]!r}")
        return self


class Order(_Strict):
    """What to change: one or several, done in the order reset, scenario, unset, set, fault."""

    scenario: str | None = None
    set: dict[str, Any] | None = None
    unset: list[str] | None = None
    fault: FaultOrder | None = None
    reset: Literal[True] | None = None

    @model_validator(mode="after")
    def _wants_something(self) -> "Order":
        if all(value is None for _, value in self):
            raise ValueError("it names none of scenario, set, unset, fault, reset")
        if self.scenario is not None:
            scenario_named(self.scenario)
        return self


def ordered(simulation: Simulation, wish: Any) -> Order:
    """The order in ``wish``, if every part of it can be done; nothing is changed yet.

    Raises ValueError with a clause for people otherwise.
    """
    try:
        order = Order.model_validate(wish)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{where}: {what}" if where else what) from problem
    for path, value in (order.set or {}).items():
        _check_fits(simulation, path, value)
    for path in order.unset or ():
        if path not in simulation.overrides:
            raise ValueError(f"{path[:_SHOWN]!r} has not been set")
    return order


def _check_fits(simulation: Simulation, path: str, value: Any) -> None:
    """Raise ValueError if there is no place for an override in today's answer of its call."""
    name, *rest = path.split(".")
    call = BY_NAME.get(name)
    if call is None or not call.is_json:
        raise ValueError(f"{path[:_SHOWN]!r} does not begin with the name of a call that answers JSON")
    if "" in rest:
        raise ValueError(f"{path[:_SHOWN]!r} has an empty step")
    if call.method != "GET" or call.name == "sparse_job":
        return  # there is no answer to look at before somebody acts
    try:
        body = shaped(simulation, name, call.answers(simulation, _EXAMPLE))
    except Refusal:
        return  # it refuses to answer now; the override waits until it does
    try:
        put(body, rest, value)
    except ValueError as problem:
        raise ValueError(f"{path[:_SHOWN]!r} does not fit the answer: {problem}") from problem
