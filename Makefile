# make run     build the frontend if it is stale, then serve the dashboard
# make test    run the tests, in a real browser too
# make thorough  run the further tests, which take longer than all others together, in Firefox and WebKit too
# make engines  of these, only the tests in Firefox and WebKit
# make check   formatting, lint, types, import rules
# make bench   measure, and write docs/benchmarks.md
# make criteria  the acceptance criteria, the tests that show them, and their results
# make audit   ask the advisory services about every pinned package, of Python and of npm
# make constraints, make lock  renew the pins of Python's packages, and accept other ones of npm
# make build, make clean

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
TOOLS := build/tools
# What is pinned, of files whose hash is known; no package runs code of its own while it is installed.
INSTALL := install --quiet --no-deps --require-hashes --only-binary :all: --requirement
PIN := $(TOOLS)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
# A file stays in one process, and the browser tests stay last: Playwright leaves its process no other event loop.
IN_PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder
# Type checking asks the network for newer versions of the checker otherwise.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test thorough engines check build bench criteria browser browsers audit constraints lock clean
.DELETE_ON_ERROR:

run: build
	@exec $(BIN)/ops-dashboard serve

build: $(STAMP)
	@$(BIN)/ops-dashboard build

test: build browser
	$(BIN)/pytest -m "not thorough" --durations=25 $(IN_PARALLEL) $(ARGS)

thorough: build browsers
	$(BIN)/pytest -m thorough $(IN_PARALLEL) $(ARGS)

engines: build browsers
	$(BIN)/pytest tests/e2e/engines $(ARGS)

criteria: build browsers
	$(BIN)/pytest tests/e2e --criteria $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: build browser
	$(BIN)/python -m benchmarks $(ARGS)

browser: $(STAMP)
	@$(BIN)/python scripts/find_browsers.py chromium nginx

browsers: $(STAMP)
	@$(BIN)/python scripts/find_browsers.py chromium firefox webkit nginx

# 0: checked and clean. make ends with 2 otherwise; the script itself with 1 for findings, 2 for what was not checked.
audit: $(STAMP)
	@$(MAKE) --silent $(TOOLS)/installed || echo "The tools of the audit could not be installed." >&2
	@$(BIN)/python -m scripts.audit_dependencies $(TOOLS)/bin/pip-audit

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip $(INSTALL) constraints.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS)/installed: constraints-tools.txt
	$(PYTHON) -m venv --clear $(TOOLS)
	$(TOOLS)/bin/pip $(INSTALL) constraints-tools.txt
	@touch $@

# Renews the pins: the newest allowed versions for every platform, with the hash of each of their files.
constraints: $(TOOLS)/installed
	$(PIN) --all-extras --output-file constraints.txt pyproject.toml
	$(PIN) --group tools --output-file constraints-tools.txt

# Pins the npm packages that the sources ask for; without the lock file, in their newest allowed versions.
lock: $(STAMP)
	$(BIN)/ops-dashboard build --renew-lock

clean:
	rm -rf $(VENV) .web ops_dashboard/_site build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
