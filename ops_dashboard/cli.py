"""The command line: ops-dashboard serve | check | build | demo."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence

from ops_dashboard import __version__
from ops_dashboard.serving.errors import StartError
from ops_dashboard.serving.listen import bind
from ops_dashboard.serving.logs import configure_logging
from ops_dashboard.settings import (
    Settings,
    SettingsError,
    demand_home,
    drop_foreign_variables,
    settings,
    unknown_variables,
    variable,
)

_log = logging.getLogger(__name__)
_DEMO_PORT = 8301
# Flags of `serve` that stand for a setting.
_SERVE_FLAGS = ("host", "port", "backend_url")
_CHECK_FLAGS = ("backend_url",)
_DEMO_FLAGS = ("demo_scenario", "demo_seed")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code: 0 when done, 1 when it could not start, 2 when a flag or a setting is wrong,
        130 when stopped from the keyboard.
    """
    args = _parser().parse_args(argv)
    # A flag is another way to write the variable: one place reads and checks them.
    os.environ.update(
        {variable(name): text for name, text in vars(args).items() if name in Settings.model_fields and text}
    )
    ignored = drop_foreign_variables()
    try:
        configured = settings()
        configure_logging(configured.log_level)
        demand_home(configured.data_dir)
        for sentence in (*ignored, *unknown_variables()):
            _log.warning(sentence)
        args.run(args, configured)
    except SettingsError as error:
        return _fail(error, 2)
    except StartError as error:
        return _fail(error, 1)
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(_: argparse.Namespace, configured: Settings) -> None:
    # Imported late: they load the web framework, which the other commands do without.
    from ops_dashboard.serving.fingerprint import is_stale
    from ops_dashboard.serving.launch import serve
    from ops_dashboard.serving.site import ROOT

    if (ROOT / "rxconfig.py").is_file() and is_stale(ROOT):
        _log.warning("the built frontend is older than the sources; `make build` renews it")
    serve(configured, lambda url: print(f"The dashboard is at {url}", flush=True))


def _check(_: argparse.Namespace, configured: Settings) -> None:
    from ops_dashboard.monitor.check import as_text, check_sources
    from ops_dashboard.monitor.service import Monitor

    view = asyncio.run(check_sources(Monitor(configured)))
    print(as_text(view), flush=True)
    if not any(row.state == "fresh" for row in view.rows):
        raise StartError("nothing could be read of the backend; the reasons stand above.")


def _build(args: argparse.Namespace, _: Settings) -> None:
    from ops_dashboard.serving.build import build_if_stale
    from ops_dashboard.serving.child_process import Stopped

    try:
        built = build_if_stale(renew_lock=args.renew_lock)
    except Stopped as stopped:
        raise SystemExit(stopped.exit_code) from None
    if not built:
        print("The page is up to date.", flush=True)


def _demo(args: argparse.Namespace, configured: Settings) -> None:
    from ops_dashboard.demo.server import run_demo

    # The demo opens the port itself; this is for the sentence when it is taken.
    bind(args.listen_host, args.listen_port).close()
    run_demo(args.listen_host, args.listen_port, configured.demo_scenario, configured.demo_seed)


def _fail(error: Exception, code: int) -> int:
    print(f"ops-dashboard: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ops-dashboard", description="A live, honest operations dashboard for one monitored backend."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="serve | check | build | demo")

    serve = commands.add_parser("serve", help="serve the dashboard")
    _setting_flags(serve, _SERVE_FLAGS)
    serve.set_defaults(run=_serve)

    check = commands.add_parser("check", help="check the settings, and ask the backend everything once")
    _setting_flags(check, _CHECK_FLAGS)
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="build the frontend if its sources have changed")
    build.add_argument(
        "--renew-lock",
        action="store_true",
        help="accept other npm packages than those in reflex.lock, and pin them",
    )
    build.set_defaults(run=_build)

    demo = commands.add_parser("demo", help="serve the demo backend alone, to point a dashboard at")
    demo.add_argument("--host", dest="listen_host", default="127.0.0.1", help="address to listen on")
    demo.add_argument("--port", dest="listen_port", type=int, default=_DEMO_PORT, help="port to listen on")
    _setting_flags(demo, _DEMO_FLAGS)
    demo.set_defaults(run=_demo)
    return parser


def _setting_flags(parser: argparse.ArgumentParser, names: Sequence[str]) -> None:
    for name in names:
        flag = "--" + name.removeprefix("demo_").replace("_", "-")
        parser.add_argument(flag, dest=name, help=f"sets {variable(name)}")
