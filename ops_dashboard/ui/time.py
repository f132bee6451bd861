"""Times, by one clock per page that is corrected to the server's; see ``assets/ops_time.jsx``."""

from typing import Literal

import reflex as rx
from reflex.vars import NumberVar

Seconds = rx.Var[float] | rx.Var[int] | NumberVar | float
"""A moment or a span in seconds; a moment counts from the unix epoch, in UTC."""

Mode = Literal["relative", "age", "absolute", "both", "until"]

_LIBRARY = "$/public/ops_time"


class Time(rx.Component):
    """A moment in unix seconds; 0 is shown as a dash."""

    library = _LIBRARY
    tag = "Time"

    at: rx.Var[float | int]
    mode: rx.Var[str]
    offset: rx.Var[bool]


class Countdown(rx.Component):
    """A ring and the seconds until a moment in unix seconds; 0 is a moment nobody knows yet."""

    library = _LIBRARY
    tag = "Countdown"

    to: rx.Var[float | int]
    every: rx.Var[float | int]


class ZoneToggle(rx.Component):
    """Switches every time on the page between the browser's zone and UTC."""

    library = _LIBRARY
    tag = "ZoneToggle"


def time(at: Seconds, mode: Mode = "relative", offset: bool = False) -> rx.Component:
    """A moment given in unix seconds.

    ``mode``: relative "12 s ago" · age "12 s" · absolute "14:05:02" · both "14:05:02, 12 s ago" ·
    until "18 s".
    ``offset`` adds the zone's offset: "14:05:02 (UTC+1)".
    """
    return Time.create(at=at, mode=mode, offset=offset)


def countdown(to: Seconds, every: Seconds = 30.0) -> rx.Component:
    """A ring that empties over ``every`` seconds and "next in 18 s", then "refreshing…", then "late by 20 s"."""
    return Countdown.create(to=to, every=every)
