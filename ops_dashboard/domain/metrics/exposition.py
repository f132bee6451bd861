"""The samples of a text in Prometheus' exposition format."""

from collections.abc import Iterator

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

LONGEST_LINE = 10_000
"""Characters. The parser's time grows with the square of a line's length when quotes are escaped in it."""


def read_samples(text: str) -> Iterator[Sample]:
    """Every sample in the order of the text, whatever its family's declared type.

    Raises:
        ValueError: when the text, as far as it was read, is not in the format, or has an overlong line.
    """
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        raise ValueError(f"a line is longer than {LONGEST_LINE:,} characters")
    try:
        for family in text_string_to_metric_families(text):
            if family.type != "gaugehistogram":  # its buckets rise and fall: nothing is counted there
                yield from family.samples
    except (ValueError, IndexError) as error:  # a blank label name is an IndexError to the parser
        # The parser's own words quote the text, in which half a character cannot be handed on as an error.
        raise ValueError("not in Prometheus' text format") from error
