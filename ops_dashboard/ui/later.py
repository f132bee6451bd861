"""Puts off what lies below the first screen; see ``assets/ops_later.jsx``."""

import reflex as rx

_ABOUT_AS_HIGH = "min-h-[5000px] xl:min-h-[3100px]"
"""As what it stands for, so that a reload finds the place again to which one had scrolled."""


class Later(rx.Component):
    """Shows its children when what is above them has been painted with its first data."""

    library = "$/public/ops_later"
    tag = "Later"

    ready: rx.Var[bool]


def later(*children: rx.Component, ready: rx.Var[bool]) -> rx.Component:
    """Leave ``children`` out of the page as it is loaded: they are built once ``ready``, and then stay.

    What is first seen has the processor for itself, in the browser and before it is sent.
    """
    return Later.create(*children, ready=ready, class_name=_ABOUT_AS_HIGH)
