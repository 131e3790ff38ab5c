# Two commands are enough: `make demo` and `make test`. Both set up what is missing first.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python

# make test ARGS="src/rihma/calls -k late" hands words to pytest; REQ="R14 S1" runs what shows these requirements.
ARGS ?=
REQ ?=
B ?= pages

.PHONY: help demo demo-json test check static format taste bench shots lock messages clean setup setup-dev

help: ## What can be said after make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

demo: setup ## Set up, load the demo once, and serve it (RIHMA_PORT, RIHMA_DATA, RIHMA_BASE_URL)
	@$(PYTHON) -m rihma demo

demo-json: ## One JSON object that says where everything in the demo is
	@tools/setup >&2
	@$(PYTHON) -m rihma demo --json

test: setup-dev ## Every test, on SQLite and PostgreSQL (REQ="R14 S1", ARGS="path -k word")
	@$(PYTHON) -m pytest --dist=each --tx popen//id=sqlite --tx popen//id=postgresql --tx popen//id=browser --req "$(REQ)" $(ARGS)

check: static test ## What `static` and `test` do; a change has to pass the long tests, too (.ci/run)

static: setup-dev ## Format, lint, types, layers, templates, browser code, translations, each named
	@$(PYTHON) tools/check.py

format: setup-dev ## Format everything and mend what the tools can mend
	@$(PYTHON) tools/check.py --fix

taste: setup-dev ## How the code measures up to the ceilings we hold ourselves to
	@$(PYTHON) tests/taste.py
	@$(PYTHON) tests/pathweight.py

bench: setup-dev ## Measure: make bench B=pages
	@$(PYTHON) -m bench.$(B)

shots: setup-dev ## Screenshots of every page, into shots/
	@$(PYTHON) tools/shots.py $(ARGS)

messages: setup-dev ## Find strings to translate and compile translations (AREA="calls teams")
	@$(PYTHON) tools/messages.py $(AREA)

lock: setup-dev ## Renew the lock files after a change of pyproject.toml or package.json (UPGRADE=1: newest of all)
	@$(PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## Remove what was made here: environment, packages, caches, screenshots (never data/)
	@rm -rf .venv node_modules build dist shots test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find src tests tools -name __pycache__ -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete

setup:
	@tools/setup

setup-dev:
	@tools/setup dev
