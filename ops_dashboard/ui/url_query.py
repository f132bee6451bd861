"""What is chosen on the page stands in its address; see ``assets/ops_url.jsx``."""

import reflex as rx


class UrlQuery(rx.Component):
    """Keeps ``query`` in the address, leaving out what is empty. Adds no entry to the browser's history."""

    library = "$/public/ops_url"
    tag = "UrlQuery"

    query: rx.Var[dict[str, str]]
