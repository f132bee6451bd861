"""A throw-away PostgreSQL server from the installed programs, on a free port of loopback."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from tests.e2e.waiting import until
from tests.servers import HOST, free_port

USER = "ops"
PASSWORD = "s3cr3t p@ss/word"
DATABASE = "postgres"
_STOP_SECONDS = 30
# The server ends when its standard input does: also when the tests are killed.
_UNTIL_TOLD = '"$0" "$@" & read -r _; kill -QUIT $!; wait'
# Where Debian and its kin put the programs, which are not on the path there.
_DEBIAN = Path("/usr/lib/postgresql")
_NEEDED = ("initdb", "postgres")


def programs() -> Path | None:
    """The newest directory with the programs of a server; None where there is none."""
    places = sorted(_DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which("postgres")
    if found:
        places.append(Path(found).resolve().parent)
    return next((path for path in places if all((path / name).exists() for name in _NEEDED)), None)


class PostgresServer:
    """Made and started by ``with``; gone with all its files at the end."""

    def __init__(self) -> None:
        found = programs()
        assert found is not None, "the programs of PostgreSQL are not installed"
        self._bin = found
        self.port = free_port()
        # The server refuses to run as root.
        self._user = _other_user() if os.geteuid() == 0 else None
        self._directory = Path(tempfile.mkdtemp(prefix="ops-postgres-"))
        self._data = self._directory / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "PostgresServer":
        if self._user:
            shutil.chown(self._directory, self._user)
        secret = self._directory / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        made = self._start(
            *(self._bin / "initdb", "--no-sync", f"--pgdata={self._data}", f"--username={USER}"),
            *("--auth=scram-sha-256", f"--pwfile={secret}"),
        )
        made.communicate()
        assert made.returncode == 0, self._output()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self._directory)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = self._start(
            *("sh", "-c", _UNTIL_TOLD, self._bin / "postgres", "-F", "-D", self._data, "-p", str(self.port)),
            *("-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories="),
        )
        until(self._is_ready, "the start of PostgreSQL")

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Let every process of the server stand still: connections are accepted, and nothing is answered."""
        main = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        pids = [main, *map(int, children)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it at once, if it runs; open connections break."""
        if self._process is not None:
            self._process.communicate(timeout=_STOP_SECONDS)
            self._process = None

    def url(self, database: str, user: str = USER, password: str = PASSWORD) -> str:
        """The address of a database, as in OPS_DATABASE_URL."""
        secret = password.replace("@", "%40").replace("/", "%2F")
        return f"postgresql+asyncpg://{user}:{secret}@{HOST}:{self.port}/{database}"

    async def empty_database(self) -> str:
        """The address of the one database for tests, without any table."""
        # A test that failed may have left connections with locks.
        await self.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await self.execute("DROP SCHEMA public CASCADE")
        await self.execute("CREATE SCHEMA public")
        await self.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        return self.url(DATABASE)

    async def execute(self, statement: str) -> None:
        """Run one statement as the administrator in the database for tests."""
        connection = await asyncpg.connect(
            host=HOST, port=self.port, user=USER, password=PASSWORD, database=DATABASE
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._output()
        notes = self._data / "postmaster.pid"
        return notes.exists() and "ready" in notes.read_text()

    def _output(self) -> str:
        return (self._directory / "output").read_text(errors="replace")

    def _start(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        with (self._directory / "output").open("ab") as output:
            return subprocess.Popen(
                command,
                user=self._user,
                group=pwd.getpwnam(self._user).pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
                cwd=self._directory,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )


def _other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
