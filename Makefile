# make run     build the frontend if it is stale, then serve the dashboard
# make test    run the tests, in a real browser too
# make thorough  run the further tests, which take longer than all others together
# make check   formatting, lint, types, import rules
# make bench   measure, and write docs/benchmarks.md
# make criteria  the acceptance criteria, the tests that show them, and their results
# make build, make clean

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
# A file stays in one process, and the browser tests stay last: Playwright leaves its process no other event loop.
IN_PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder
# Type checking asks the network for newer versions of the checker otherwise.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test thorough check build bench criteria browser constraints clean
.DELETE_ON_ERROR:

run: build
	@exec $(BIN)/ops-dashboard serve

build: $(STAMP)
	@$(BIN)/ops-dashboard build

test: build browser
	$(BIN)/pytest -m "not thorough" $(IN_PARALLEL) $(ARGS)

thorough: build browser
	$(BIN)/pytest -m thorough $(IN_PARALLEL) $(ARGS)

criteria: build browser
	$(BIN)/pytest tests/e2e --criteria $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: build browser
	$(BIN)/python -m benchmarks

browser: $(STAMP)
	@$(BIN)/python scripts/find_chromium.py

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@

# Renews the pins: installs the newest allowed versions into a fresh environment and notes them.
constraints:
	$(PYTHON) -m venv --clear build/constraints-venv
	build/constraints-venv/bin/pip install --quiet --editable '.[dev]'
	build/constraints-venv/bin/pip freeze --exclude-editable > constraints.txt
	rm -rf build/constraints-venv

clean:
	rm -rf $(VENV) .web ops_dashboard/_site build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
