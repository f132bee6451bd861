"""The numbers of each time range, held against what was kept of the range before."""

from dataclasses import replace

from ops_dashboard.domain.views.compared import Earlier
from ops_dashboard.domain.views.page import PageView


def with_changes(page: PageView, earlier: Earlier) -> PageView:
    """The page, with the change of every figure of a time range."""
    return replace(
        page,
        engagement={span: panel.compared(earlier) for span, panel in page.engagement.items()},
        recommendations={span: panel.compared(earlier) for span, panel in page.recommendations.items()},
    )
