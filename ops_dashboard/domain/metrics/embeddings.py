"""What the backend answers about generating sparse embeddings."""

import re
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from ops_dashboard.domain.metrics.fields import Amount, Message, Name, Report, reported, surprise

_IDENTIFIER = re.compile(r"[\w.:~@+=-]{1,200}", re.ASCII)


def _identifier(value: object, info: ValidationInfo) -> str | None:
    """An id that can be a step of a path as it is: nothing that leads elsewhere."""
    if value is None:
        return None
    text = str(value) if isinstance(value, str) or type(value) is int else ""
    if not _IDENTIFIER.fullmatch(text) or not text.strip("."):
        surprise(info, "an id", value)
        return None
    return text


Identifier = Annotated[str | None, BeforeValidator(_identifier)]


class RunReport(Report):
    """One run: what ``POST …/generate`` answers, at once or when all is done, and ``GET …/jobs/{job_id}``.

    Amounts are resources; the estimate is in minutes.
    """

    word: Name = reported("status", "state")
    job_id: Identifier = reported("job_id", "id")
    processed: Amount = reported("processed")
    total: Amount = reported("total", "resources_to_process")
    estimated_minutes: Amount = reported("estimated_duration_minutes")
    error: Message = reported("error")
    message: Message = reported("message", "detail")


def read_run(body: object) -> RunReport:
    """The report in a decoded body, whatever that is. Never raises."""
    return RunReport.model_validate(body if isinstance(body, dict) else {})
