"""The parent of every wrapped Base UI part."""

import dataclasses
from typing import Any, ClassVar

import reflex as rx
from reflex.utils.imports import ImportVar

LIBRARY = "@base-ui/react@1.9.0"
"""The npm package, pinned."""


class Part(rx.Component):
    """One part of a widget. Only the widget's root name is imported, from the sub-path of that widget."""

    library = LIBRARY
    path: ClassVar[str]

    @property
    def import_var(self) -> ImportVar:
        """The import of the widget's root name, such as ``Dialog`` for ``Dialog.Popup``."""
        return dataclasses.replace(super().import_var, package_path=self.path)


def chosen(value: rx.Var[str], _details: rx.Var[Any]) -> tuple[rx.Var[str]]:
    """Event spec of a change callback: the chosen value goes to the handler, Base UI's details stay here."""
    return (value,)


def switched(value: rx.Var[bool], _details: rx.Var[Any]) -> tuple[rx.Var[bool]]:
    """Event spec of a change callback: the new state goes to the handler, Base UI's details stay here."""
    return (value,)
