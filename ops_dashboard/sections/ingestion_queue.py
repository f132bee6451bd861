"""Ingestion: the queue, submitting a repository, who does the work, and every job."""

import reflex as rx

from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.sections.ingest_form import ingest_form
from ops_dashboard.sections.ingestion_services import ingestion_services
from ops_dashboard.sections.job_history import job_history
from ops_dashboard.sections.job_queue import job_queue
from ops_dashboard.sections.worker_heartbeats import worker_heartbeats
from ops_dashboard.state.sections import IngestionState
from ops_dashboard.ui.card import section_card

_VIEW = IngestionState.view
_COLUMN = "grid grid-cols-[minmax(0,1fr)] content-start gap-4"


def ingestion_queue() -> rx.Component:
    """The region "Ingestion"."""
    return section_card(
        "Ingestion",
        rx.el.div(
            rx.el.div(
                job_queue(_VIEW.jobs),
                history_chart(_VIEW.charts[0], 110, compact=True),
                class_name=_COLUMN,
            ),
            rx.el.div(ingest_form(_VIEW.jobs), ingestion_services(_VIEW.services), class_name=_COLUMN),
            worker_heartbeats(_VIEW.heartbeats),
            class_name="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 md:grid-cols-2 xl:grid-cols-3"
            " md:max-xl:[&>:last-child]:col-span-2",
        ),
        rx.el.div(job_history(_VIEW.jobs), class_name="mt-4 border-t border-line pt-3"),
        section_id="ingestion",
        status=_VIEW.status,
        status_word=_VIEW.status_word,
        freshness=_VIEW.freshness,
    )
