"""What the audit says of changes of the demo that come over HTTP."""

from collections.abc import Callable, Iterator

from starlette.requests import Request

from ops_dashboard.access.door import Door
from ops_dashboard.demo.orders import Order
from ops_dashboard.domain.audit import DEMO_CONTROL, DEMO_SCENARIO, AuditEntry
from ops_dashboard.domain.audit_entries import place, somebody
from ops_dashboard.serving.access_guard import client_of


def demo_audit(
    door: Door, now: Callable[[], float], audit: Callable[[AuditEntry], None]
) -> Callable[[Request, Order], None]:
    """Makes what :func:`~ops_dashboard.demo.control.control_routes` tells of each change; ``now`` is unix seconds."""

    def changed(request: Request, order: Order) -> None:
        by = somebody(door.visitor(request.headers, use=False).name, "operator")
        action = DEMO_CONTROL if order.scenario is None else DEMO_SCENARIO
        sentence = f"{'; '.join(_parts(order))}. Asked from {place(client_of(request.scope))}."
        audit(AuditEntry(now(), by, action, order.scenario or "", "done", sentence))

    return changed


def _parts(order: Order) -> Iterator[str]:
    if order.reset:
        yield "reset"
    if order.scenario is not None:
        yield f"scenario {order.scenario}"
    if order.unset:
        yield f"no longer set: {', '.join(order.unset)}"
    if order.set:
        yield f"set: {', '.join(order.set)}"
    if order.fault is not None:
        yield f"fault {order.fault.kind} at {order.fault.path}"
