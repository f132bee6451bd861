"""A/B tests, in whichever of the common shapes a backend reports them."""

from collections.abc import Callable
from itertools import islice
from typing import Annotated, Any, TypeVar

from pydantic import PlainValidator, ValidationInfo

from ops_dashboard.domain.bounds import MOST_TESTS, MOST_VARIANTS
from ops_dashboard.domain.metrics.collections import Entries, list_of
from ops_dashboard.domain.metrics.fields import Amount, Name, Report, reported

R = TypeVar("R", bound=Report)


def _named_list_of(model: type[R], most: int) -> Callable[[object, ValidationInfo], Any]:
    """A validator for a list of objects, or for an object of objects by their names."""
    read = list_of(model, most)

    def read_either(value: object, info: ValidationInfo) -> Entries[R] | None:
        if isinstance(value, dict) and all(isinstance(entry, dict) for entry in value.values()):
            named = [{"name": name, **entry} for name, entry in islice(value.items(), most)]
            return Entries(read(named, info), len(value))
        return read(value, info)

    return read_either


class AbVariant(Report):
    """One variant: whom it was shown to and how it did. Rates as reported, without a unit of their own."""

    name: Name = reported("name", "variant")
    users: Amount = reported("users", "participants", "sample_size")
    metric: Name = reported("metric", "metric_name")
    value: Amount = reported("value", "metric_value")
    click_through_rate: Amount = reported("click_through_rate", "ctr")
    conversion_rate: Amount = reported("conversion_rate")

    @property
    def result(self) -> tuple[str | None, float | None]:
        """What was measured, and its value; None for what is not reported."""
        if self.value is not None or self.metric is not None:
            return self.metric, self.value
        if self.click_through_rate is not None:
            return "Click-through rate", self.click_through_rate
        if self.conversion_rate is not None:
            return "Conversion rate", self.conversion_rate
        return None, None


class AbTest(AbVariant):
    """One experiment; where it has no list of variants, it may itself be the report of one."""

    name: Name = reported("test", "test_name", "experiment", "name")
    variant: Name = reported("variant")
    status: Name = reported("status")
    p_value: Amount = reported("p_value", "significance")
    winner: Name = reported("winner")
    variants: Annotated[list[AbVariant] | None, PlainValidator(_named_list_of(AbVariant, MOST_VARIANTS))] = (
        reported("variants", "results")
    )


AbTests = Annotated[list[AbTest] | None, PlainValidator(_named_list_of(AbTest, MOST_TESTS))]
"""The experiments of a report."""
