"""What most calls say besides their data."""

from ops_dashboard.domain.metrics.fields import Headline, Message, Moment, Report, StatusWord, reported
from ops_dashboard.domain.status import Status


class Answer(Report):
    """How the backend itself judges the call, when, and why."""

    status: StatusWord = reported("status")
    timestamp: Moment = reported("timestamp")
    message: Message = reported("message", "error")
    headline: Headline = reported("message", "error")

    @property
    def counted(self) -> float | None:
        """How much it counts has happened so far: while that stays, what it measures is frozen. None: not told."""
        return None

    @property
    def says_only_an_error(self) -> bool:
        """True for HTTP 200 with an error word and no data: the data is not missing, it failed to come."""
        data = (value for name, value in self if name not in Answer.model_fields)
        return self.status is Status.DOWN and all(value is None for value in data)
