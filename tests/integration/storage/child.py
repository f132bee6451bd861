"""Processes for the tests of crashes and of starts at the same time.

`python -m tests.integration.storage.child save DIRECTORY` saves without end, and prints the number of each
save once it is done. `… open DIRECTORY` waits for a line, then opens the database and saves once.
"""

import asyncio
import sys
from pathlib import Path

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.series_archive import SeriesArchive

BACKEND = "api.example.com"


def content(number: int) -> bytes:
    """The data of a save: large enough that it takes many writes, and different in every byte."""
    return bytes((number * 31 + place) % 251 for place in range(1000)) * 300 + str(number).encode()


async def save(directory: Path) -> None:
    """Save the numbers from 1 on, until killed."""
    async with await open_database(Settings(data_dir=directory, database_url=None)) as database:
        archive = SeriesArchive(database)
        last = await archive.load(BACKEND)
        number = int(last.saved_at) if last else 0
        while True:
            number += 1
            await archive.save(BACKEND, content(number), number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


async def open_and_save(directory: Path) -> None:
    """Open the database when told to."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    async with await open_database(Settings(data_dir=directory, database_url=None)) as database:
        await SeriesArchive(database).save(BACKEND, b"data", 1)


if __name__ == "__main__":
    asyncio.run({"save": save, "open": open_and_save}[sys.argv[1]](Path(sys.argv[2])))
