"""Response times, request rate and error rate."""

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.fields import Amount, Percent, reported


class PerformanceReport(Answer):
    """``/api/monitoring/performance``. Times in ms, rate in requests per second, error rate in percent."""

    p50: Amount = reported("api_response_time.p50", "metrics.api_response_time.p50")
    p95: Amount = reported("api_response_time.p95", "metrics.api_response_time.p95")
    p99: Amount = reported("api_response_time.p99", "metrics.api_response_time.p99")
    request_rate: Amount = reported("request_rate", "metrics.request_rate")
    error_rate: Percent = reported("error_rate", "metrics.error_rate")
    uptime_seconds: Amount = reported("uptime_seconds", "metrics.uptime_seconds")
    slow_query_count: Amount = reported("slow_query_count", "metrics.slow_query_count")
