"""ML models."""

from typing import Annotated

from pydantic import PlainValidator

from ops_dashboard.domain.bounds import MOST_RANKED
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import map_of
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Flag,
    Moment,
    Percent,
    Report,
    reported,
)

EXPECTED_MODELS = ("embedding", "summarizer", "classifier")
"""The models the requirements name; each is shown even when the backend says nothing of it."""


class ModelHealth(Report):
    """One ML model. Time in ms, memory in MB, error rate in percent."""

    loaded: Flag = reported("loaded")
    inference_time_ms: Amount = reported("inference_time_ms")
    memory_mb: Amount = reported("memory_mb")
    error_rate: Percent = reported("error_rate")
    last_inference: Moment = reported("last_inference")


class ModelHealthReport(Answer):
    """``/api/monitoring/model-health``."""

    models: Annotated[
        dict[str, ModelHealth] | None, PlainValidator(map_of(ModelHealth, most=MOST_RANKED))
    ] = reported("models", "metrics.models")
