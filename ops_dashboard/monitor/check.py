"""One reading of every source, for the command line."""

from ops_dashboard.domain.views.sources import SourcesView, sources_view
from ops_dashboard.monitor.service import Monitor


async def check_sources(monitor: Monitor) -> SourcesView:
    """Ask the backend everything once, and tell how each call went."""
    async with monitor.running():
        await monitor.collector.read_everything()
        return sources_view(monitor.collector.snapshot(), ())


def as_text(view: SourcesView) -> str:
    """A line for each source: its state, how long it took, and what went wrong."""
    width = max((len(row.title) for row in view.rows), default=0)
    return "\n".join(
        f"{row.title:{width}}  {row.state_word:12}{row.latency:>10}  {row.reason}".rstrip()
        for row in view.rows
    )
