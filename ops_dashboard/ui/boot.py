"""What must happen in <head>, before the first paint."""

import reflex as rx

_SIDEBAR = 'try{document.documentElement.dataset.sidebar=localStorage.getItem("ops.sidebar")||"open"}catch{}'


def head_components() -> list[rx.Component]:
    """For ``rx.App(head_components=…)``: the sidebar stands as this browser left it, without a jump."""
    return [rx.el.script(_SIDEBAR)]
