"""What a cheap call says that would change what a dear one says."""

from collections.abc import Hashable

from ops_dashboard.domain.metrics.database import PoolReport
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.metrics.health import MlHealthReport
from ops_dashboard.domain.metrics.ingestion import IngestionHealthReport
from ops_dashboard.monitor.pool_pressure import FULL_PERCENT


def signal(report: Report | None) -> Hashable | None:
    """What matters in a report: when it changes, the dear calls are worth making. None for any other report."""
    match report:
        case IngestionHealthReport():
            services = report.services or {}
            return report.status, tuple(sorted((name, service.status) for name, service in services.items()))
        case MlHealthReport():
            return report.status
        case PoolReport() if report.utilization is not None:
            return report.utilization >= FULL_PERCENT
    return None
