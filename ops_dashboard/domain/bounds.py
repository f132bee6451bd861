"""How much of an answer is read and shown, and the words for what is left out.

The backend decides how long its lists are; these bounds decide what they may cost. Whatever is cut says so.
"""

MOST_ENTRIES = 5_000
"""Read of one map or list; the rest is counted."""
MOST_RANKED = 20_000
"""Read of those of which the worst or the greatest are looked for: modules, models, tables."""
MOST_TESTS = 500
MOST_VARIANTS = 20
"""Read of the A/B tests, and of each."""
MOST_LATEST = 500
"""Read of a history, which is asked for its newest hundred: its newest, at whichever end they stand."""
MOST_ROWS = 5_000
"""Rows of one table that are handed out to those who look at it."""
MOST_TILES = 180
"""Modules with a tile, and components."""
MOST_CARDS = 30
"""Models with a card; further ones stand in the table alone."""
MOST_SERVICES = 60
"""Services of ingestion that are listed."""
MOST_WARNINGS = 10
"""Sentences of the backend shown of one list of them."""


def cut(shown: int, total: int, which: str = "first") -> str:
    """What is to be said over a part of a whole; empty for the whole.

    >>> cut(500, 100_000)
    'The first 500 of 100,000'
    """
    return f"The {which} {shown:,} of {total:,}" if shown < total else ""
