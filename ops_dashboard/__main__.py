"""The command `ops-dashboard`, which is also `python -m ops_dashboard`."""

import signal
import sys


def main() -> int:
    """Run the command line; see :func:`ops_dashboard.cli.main`.

    Whoever stops it while it starts or ends, however often, gets no traceback: Ctrl-C ends it as other signals do.
    The server and the build listen to signals themselves.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Imported late: that takes long enough to be stopped meanwhile.
    from ops_dashboard import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
