"""What the board keeps of a source from one answer to the next."""

from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.domain.metrics.ingestion import HeartbeatReport
from ops_dashboard.monitor.board import Board
from ops_dashboard.monitor.schedule import Slot
from tests.snapshots import NOW


def test_last_beat_survives_answers_that_tell_none() -> None:
    source = next(source for source in all_sources(()) if source.name == "ingestion_heartbeat")
    board, slot = Board([source], 30.0), Slot(source, 0)
    told = []
    for at, silence in enumerate((None, 7.0, None, None, 2.0)):
        body = {"state": "offline", "seconds_since_last_seen": silence}
        board.answered(slot, read_report(HeartbeatReport, body), NOW + at, 0.01, (30.0, 30.0), clean=True)
        told.append(board.state(source.name).last_beat_at)
    assert told == [0.0, NOW - 6, NOW - 6, NOW - 6, NOW + 2]
