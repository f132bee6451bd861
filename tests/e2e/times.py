"""How the page writes times, for tests that may run at any time of the day."""

DAY = r"(?:\d{1,2} \w+ )?"
"""A pattern: the day before a time of day, which is written where it is not today."""
CLOCK = DAY + r"\d\d:\d\d:\d\d"
"""A pattern: a time of day. Around midnight it has its day, and a test must not mind."""
