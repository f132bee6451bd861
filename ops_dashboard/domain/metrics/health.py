"""System and module health."""

from typing import Annotated

from pydantic import PlainValidator

from ops_dashboard.domain.bounds import MOST_RANKED
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import map_of
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Headline,
    Message,
    Moment,
    Report,
    StatusWord,
    reported,
)
from ops_dashboard.domain.metrics.health_like import HealthLike
from ops_dashboard.domain.status import Status

_UNCHECKED = "no health check registered"


class ModuleHealth(HealthLike):
    """One backend module. Times in ms.

    Pharos' outer ``status`` is that of the call ("ok" whatever the module's health): the inner one goes first.
    """

    status: StatusWord = reported("health.status", "status")
    message: Message = reported("health.message", "message")
    headline: Headline = reported("health.message", "message")
    response_time_ms: Amount = reported("health.response_time_ms", "response_time_ms")
    error_count: Amount = reported("health.error_count", "error_count")
    last_check: Moment = reported("last_check", "health.last_check", "timestamp")

    @property
    def unchecked(self) -> bool:
        """True when the backend says healthy of a module it has no check for: nobody looked."""
        return self.status is Status.HEALTHY and _UNCHECKED in (self.message or "").lower()


class ComponentHealth(Report):
    """One infrastructure component of the Pharos dialect: database, redis, celery, api, …"""

    status: StatusWord = reported("status")
    message: Message = reported("message")
    headline: Headline = reported("message")
    worker_count: Amount = reported("worker_count")


class HealthReport(Answer, HealthLike):
    """``/api/monitoring/health``. HTTP 200 does not mean healthy: read ``status``."""

    modules: Annotated[
        dict[str, ModuleHealth] | None, PlainValidator(map_of(ModuleHealth, "status", most=MOST_RANKED))
    ] = reported("modules")
    components: Annotated[
        dict[str, ComponentHealth] | None, PlainValidator(map_of(ComponentHealth, "status"))
    ] = reported("components")


class MlHealthReport(Answer, HealthLike):
    """``/api/monitoring/health/ml``."""
