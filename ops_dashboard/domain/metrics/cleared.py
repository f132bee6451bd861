"""The answer to clearing the cache."""

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.fields import Amount, Name, reported


class ClearedReport(Answer):
    """``POST /api/monitoring/cache/clear``: how many keys were removed."""

    cleared_keys: Amount = reported("cleared_keys")
    word: Name = reported("status")
    """The status as the backend spells it: "failed" is no word for the health of a thing."""
