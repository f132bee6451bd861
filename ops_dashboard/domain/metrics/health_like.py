"""Answers in which a backend says how it is, which count whatever the HTTP status that they come with."""

from typing import Self

from pydantic import ValidationError

from ops_dashboard.domain.metrics.fields import Report, StatusWord, reported
from ops_dashboard.domain.status import Status, worst

_ANY_ERROR = "error"
"""The word that error bodies of all kinds carry, too."""


class HealthLike(Report):
    """A report of which a status is the essence. A status of 503 with it often means: not well, and here is why."""

    status: StatusWord = reported("status")

    @classmethod
    def is_told_by(cls, body: object) -> bool:
        """Whether ``body``, which came with an HTTP error, is such a report and not the explanation of an error.

        It is one when it names parts (modules, components, services), or has a status word of the contract other
        than "error".
        """
        try:
            report = cls.model_validate(body)
        except ValidationError:
            return False
        if any(isinstance(value, dict) and value for _, value in report):
            return True
        word = body.get("status") if isinstance(body, dict) else None
        only_error = isinstance(word, str) and word.strip().lower() == _ANY_ERROR
        return report.status not in (None, Status.UNKNOWN) and not only_error

    def with_error(self, http_status: int) -> Self:
        """The report as it counts when it came with an HTTP error: never healthier than degraded, and why."""
        status = worst((self.status or Status.UNKNOWN, Status.DEGRADED))
        if status is self.status:
            return self
        said = (
            f'although its body says "{self.status.word.lower()}"'
            if self.status
            else "without a status in its body"
        )
        why = f"Answered with HTTP {http_status} {said}."
        message = getattr(self, "message", None)
        told = {"message": f"{why} {message}" if message else why} if hasattr(self, "message") else {}
        return self.model_copy(update={"status": status, **told})
