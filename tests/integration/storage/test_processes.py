"""Several processes and one file: killed in the middle of a save, and started at the same time."""

import random
from pathlib import Path

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.series_archive import Saved, SeriesArchive
from tests.integration.storage.child import BACKEND, content
from tests.integration.storage.processes import start

_KILLS = 6
_STARTERS = 3
_ROUNDS = 2


async def saved_in(directory: Path) -> Saved | None:
    async with await open_database(Settings(data_dir=directory, database_url=None)) as database:
        return await SeriesArchive(database).load(BACKEND)


async def test_a_process_killed_while_it_saves_loses_no_save_that_was_done(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(_KILLS):
        with start("save", tmp_path) as process:
            assert process.stdout is not None
            done = 0
            for _ in range(chance.randint(1, 12)):
                done = int(process.stdout.readline())
            # Into the middle of the next save, at another place each time.
            spin = chance.randint(0, 200_000)
            while spin:
                spin -= 1
            process.kill()
            done = max([done, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
        saved = await saved_in(tmp_path)
        assert saved is not None
        assert saved.saved_at in (done, done + 1)
        assert saved.data == content(int(saved.saved_at))


async def test_processes_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    for number in range(_ROUNDS):
        directory = tmp_path / str(number)
        processes = [start("open", directory) for _ in range(_STARTERS)]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            _, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
        assert await saved_in(directory) == Saved(b"data", 1)
