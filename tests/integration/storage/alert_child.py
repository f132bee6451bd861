"""Processes for the tests of alerts that are killed, and of operators who act at once.

`python -m tests.integration.storage.alert_child keep DIRECTORY` opens and acknowledges alerts without end, and
prints the number of each once its acknowledgement is saved. `… claim DIRECTORY NAME` loads, waits for a line,
acknowledges the one open alert, and prints who has done so.
"""

import asyncio
import sys
from pathlib import Path

from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.incidents import IncidentStore
from tests.integration.storage.alerts import BACKEND, opened, save


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def keep(directory: Path) -> None:
    """Open and acknowledge alert after alert, until killed."""
    async with await open_database(Settings(data_dir=directory, database_url=None)) as database:
        store = IncidentStore(database)
        number = len((await store.load(BACKEND)).states)
        while True:
            number += 1
            one = opened(str(number))
            await save(store, one)
            one.does(acknowledge(one.state, one.now + 1, "ana", f"note {number}"))
            await save(store, one)
            say(str(number))


if __name__ == "__main__":
    asyncio.run({"keep": keep}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:]))
