"""Tables of data, whose rows the browser fetches itself; see ``assets/ops_data_table.jsx``."""

import reflex as rx

from ops_dashboard.domain.views.table import TableView


class DataTable(rx.Component):
    """The table with its title, search field and download."""

    library = "$/public/ops_data_table"
    tag = "DataTable"

    view: rx.Var[TableView]
    range: rx.Var[str]
    height: rx.Var[int]
    search: rx.Var[bool]


def data_table(
    view: rx.Var[TableView], *, height: int = 240, search: bool = True, range: rx.Var[str] | None = None
) -> rx.Component:
    """The table of ``view``: sorted by its headings, searched, as a file by "CSV".

    The rows come from ``/api/tables/{key}``, when the table is near the screen and again whenever ``view.at``
    changes. Of a long table only the rows in sight are in the document.

    Args:
        view: what the columns mean, and how the table is to be displayed while there are no rows.
        height: of the rows and their heading, px, whatever there is to show; the title takes 32 px more.
        search: whether there is a search field.
        range: "1h", "6h", "24h" or "7d", for tables whose source is read for each time range.
    """
    return DataTable.create(view=view, range="" if range is None else range, height=height, search=search)
