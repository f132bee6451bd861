"""Proxies in front of a server, for tests: the real nginx, and one that passes on bytes."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scripts.find_browsers import NGINX
from tests.servers import HOST, free_port

_NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {host}:{port};
    location / {{
      proxy_pass {origin};
      {more}
    }}
  }}
}}
"""
WEBSOCKETS = (
    'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
)


@contextmanager
def nginx(origin: str, folder: Path, more: str = "") -> Iterator[str]:
    """Run nginx in front of a server with ``proxy_pass`` and ``more`` directives; gives its address."""
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(folder=folder, host=HOST, port=port, origin=origin, more=more))
    command = [NGINX.demand(), "-e", "stderr", "-p", str(folder), "-c", str(config)]
    with (folder / "nginx.log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()


@asynccontextmanager
async def tcp_proxy(origin: str) -> AsyncIterator[str]:
    """Pass on bytes both ways, as a tunnel does; gives the address."""
    target = urlsplit(origin)
    links: set[asyncio.Task[None]] = set()

    async def pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()

    async def link(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection(target.hostname, target.port)
        for way in (pass_on(reader, ours), pass_on(theirs, writer)):
            links.add(asyncio.create_task(way))

    server = await asyncio.start_server(link, HOST, 0)
    async with server:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        for task in links:
            task.cancel()
        await asyncio.gather(*links, return_exceptions=True)
