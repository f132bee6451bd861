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
PIPS := build/pip-23.2.1-py3-none-any.whl build/pip-26.3-py3-none-any.whl
INSTALL = $(firstword $(1))/bin/python -m scripts.install $(1) --check 2>/dev/null || $(PYTHON) -m scripts.install $(1)
PIN := $(TOOLS)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
# A file stays in one process, and the browser tests stay last: Playwright leaves its process no other event loop.
IN_PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder
# Type checking asks the network for newer versions of the checker otherwise.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: run test thorough engines check build bench criteria browser browsers audit constraints lock clean always
.DELETE_ON_ERROR:

run: build
	@exec $(BIN)/ops-dashboard serve

build: $(STAMP)
	@$(BIN)/ops-dashboard build

test: build browser $(PIPS)
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

# The versions of pip that the installation is tested with.
build/%-py3-none-any.whl: tests/%.txt | $(STAMP)
	@$(BIN)/pip download --quiet --no-deps --require-hashes --dest build --requirement $<

browser: $(STAMP)
	@$(BIN)/python scripts/find_browsers.py chromium nginx

browsers: $(STAMP)
	@$(BIN)/python scripts/find_browsers.py chromium firefox webkit nginx

# 0: checked and clean. make ends with 2 otherwise; the script itself with 1 for findings, 2 for what was not checked.
audit: $(STAMP)
	@$(MAKE) --silent $(TOOLS)/installed || echo "The tools of the audit could not be installed." >&2
	@$(BIN)/python -m scripts.audit_dependencies $(TOOLS)/bin/pip-audit

# Whether there is something to install is asked of the environment itself: its pins, its place, its Python.
$(STAMP): always
	@$(call INSTALL,$(VENV) constraints.txt --project)

$(TOOLS)/installed: always
	@$(call INSTALL,$(TOOLS) constraints-tools.txt)

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
