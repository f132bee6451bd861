"""The job history of this tab: what it looks for, and the page of it that it shows."""

from dataclasses import replace

import reflex as rx

from ops_dashboard.domain.views.job_filter import ALL, PAGE_ROWS, JobFilter, JobsPage, jobs_page
from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.monitor.hub import News
from ops_dashboard.state.access import allowed


class JobHistoryState(rx.State):
    """Only the page that is looked at is sent; all jobs stay with the server."""

    wanted: rx.Field[JobFilter] = rx.field(default_factory=JobFilter)
    page: rx.Field[JobsPage] = rx.field(default_factory=JobsPage)
    known: int = 0
    """How many jobs there are, whatever is looked for."""
    cleared: int = 0
    """Grows when the filter is cleared: the search field starts anew."""
    _rows: tuple[JobRow, ...] = ()
    _at: float = 0.0
    """When they were known, unix seconds."""

    @rx.event
    @allowed("viewer")
    def choose_status(self, status: str) -> None:
        """Look for one status, "stuck" ones, or "all"."""
        self._look(self._now_wanted().only(status))

    @rx.event
    @allowed("viewer")
    def toggle_status(self, status: str) -> None:
        """Look for one status; for all again if it is the one looked for."""
        wanted = self._now_wanted()
        self._look(wanted.only(ALL if wanted.status == status else status))

    @rx.event
    @allowed("viewer")
    def search(self, text: str) -> None:
        """Look for words."""
        self._look(self._now_wanted().naming(text))

    @rx.event
    @allowed("viewer")
    def sort_by(self, column: str) -> None:
        """Sort by a column, or the other way round."""
        self._look(self._now_wanted().by(column))

    @rx.event
    @allowed("viewer")
    def clear(self) -> None:
        """Look for everything."""
        self.cleared += 1
        self._look(replace(self._now_wanted(), status=ALL, text=""))

    @rx.event
    @allowed("viewer")
    def turn(self, pages: int) -> None:
        """Go one page on, or back; not beyond the ends."""
        if pages in (-1, 1):
            self._draw(self.page.offset + pages * PAGE_ROWS)

    def _now_wanted(self) -> JobFilter:
        kept = self.wanted  # what is read of a state is a proxy
        return JobFilter(kept.status, kept.text, kept.sort, kept.descending)

    def _look(self, wanted: JobFilter) -> None:
        self.wanted = wanted
        self._draw(0)

    def _draw(self, offset: int) -> None:
        self.page = jobs_page(self._rows, self._now_wanted(), offset, self._at)

    def _show(self, news: News) -> None:
        """Show the jobs of ``news``, at the same place."""
        self._at = news.at
        self._take(news.page.ingestion.jobs.rows)

    def _tell(self, news: News) -> None:
        """Show what came of actions, and leave all else as it is: the display is paused."""
        runs = {row.key: row.run for row in news.page.ingestion.jobs.rows}
        self._take(tuple(replace(row, run=runs.get(row.key, row.run)) for row in self._rows))

    def _take(self, rows: tuple[JobRow, ...]) -> None:
        if rows != self._rows:
            self._rows, self.known = rows, len(rows)
            self._draw(self.page.offset)
