"""Lets `python -m ops_dashboard` stand for the command `ops-dashboard`."""

import sys

from ops_dashboard.cli import main

sys.exit(main())
