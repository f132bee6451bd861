"""Free text about what a worker does: the figure in it that says how far it is."""

import re

from ops_dashboard.domain.status import TROUBLED, status_of

_PERCENT = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:\.\d+)?)\s?%(?!\w)")


def progress(words: str) -> float | None:
    """How far the work is that ``words`` tell of, in percent from 0 to 100; None where they do not say.

    Only one percentage can be meant: beside a second one neither is known to be the progress, and in an error
    there is none.

    >>> progress("Training… 40%")
    40.0
    >>> progress("Training, 40 % done, GPU at 93 %")
    """
    found = _PERCENT.findall(words)
    if len(found) != 1 or status_of(words.partition(":")[0]) in TROUBLED:
        return None
    percent = float(found[0])
    return percent if percent <= 100 else None
