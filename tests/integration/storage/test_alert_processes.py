"""Real processes and one file of alerts: killed at any moment."""

import random
from collections import Counter
from pathlib import Path

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.incidents import IncidentStore
from tests.integration.storage.alerts import BACKEND
from tests.integration.storage.processes import start

_KILLS = 10


def settings(directory: Path) -> Settings:
    return Settings(data_dir=directory, database_url=None)


async def test_kill_9_loses_no_saved_acknowledgement_and_doubles_no_incident(tmp_path: Path) -> None:
    chance = random.Random(7)
    done: set[int] = set()
    for _ in range(_KILLS):
        with start("keep", tmp_path, module="alert_child") as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 10)):
                done.add(int(process.stdout.readline()))
            # Into the middle of another save each time.
            spin = chance.randint(0, 100_000)
            while spin:
                spin -= 1
            process.kill()
            done |= {int(line) for line in process.stdout.read().split("\n")[:-1]}
        async with await open_database(settings(tmp_path)) as database:
            store = IncidentStore(database)
            loaded = await store.load(BACKEND)
            page = await store.history(BACKEND, Filter(), 0, 10_000)
            details = [await store.incident(row.id) for row in page.rows]
        assert loaded.damaged == {}
        assert len(loaded.states) in (max(done), max(done) + 1)
        assert Counter(row.target for row in page.rows) == {key.target: 1 for key in loaded.states}
        assert loaded.ids == {
            key: row.id for row in page.rows for key in loaded.states if key.target == row.target
        }
        for detail in details:
            assert detail is not None
            row, number = detail.row, int(detail.row.target)
            state = next(one for key, one in loaded.states.items() if key.target == row.target)
            assert state.incident is not None
            assert state.incident.announced is Severity.WARNING  # so that nobody is told twice
            assert state.incident.handling.state is row.handled
            kinds = [transition.kind for transition in detail.transitions]
            if number in done:
                assert (row.handled, row.note) == (Handled.ACKNOWLEDGED, f"note {number}")
            assert kinds == ["opened", "acknowledged"][: 1 + (row.handled is Handled.ACKNOWLEDGED)]
    assert len(done) > _KILLS
