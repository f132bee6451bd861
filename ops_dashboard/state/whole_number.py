"""What a browser may hand over as the number of a thing."""

from typing import TypeGuard


def is_whole_number(value: object) -> TypeGuard[int]:
    """Whether it is a whole number from 0 on; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
