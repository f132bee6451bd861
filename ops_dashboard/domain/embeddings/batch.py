"""How many resources the backend is to take at once, as somebody typed it."""

LARGEST = 100_000


def batch_size(text: str) -> int | None:
    """The number in ``text``; None where that is empty: the backend chooses.

    Raises:
        ValueError: it is no such number; the sentence is for whoever typed it.
    """
    typed = "".join(text.split()).replace(",", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(LARGEST)):
        raise ValueError(f"A whole number from 1 to {LARGEST:,}, or nothing.")
    number = int(typed)
    if not 1 <= number <= LARGEST:
        raise ValueError(f"A whole number from 1 to {LARGEST:,}, or nothing.")
    return number
