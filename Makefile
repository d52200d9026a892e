# What a laptop runs and what CI runs have the same names. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export COMMONS_DATA_DIR ?= var
export PORT ?= 8000

# The demo people are invented and their password is printed: nobody could show a second factor, and
# nobody's day has to be hidden.
DEMO := COMMONS_DEMO=yes COMMONS_PUBLICATION_DELAY=0 COMMONS_SECOND_FACTOR=no COMMONS_REQUEST_LOG=no

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo test federation-demo races timing lives chaos two-worlds lint bench docs translations clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(VENV)/.installed ## make the virtual environment with pinned packages

setup-dev: $(VENV)/.installed-dev ## the same with what tests and lint need

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q taxonomy registry search api web
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	touch $@

translations: $(VENV)/.installed ## compile the message catalogues
	@$(BIN)/python -m web.catalogues compile

run: setup translations ## serve pages, API and worker with the demo set
	@$(DEMO) $(BIN)/commons init
	@$(DEMO) $(BIN)/commons demo load
	@$(DEMO) exec $(BIN)/commons serve --port $(PORT)

test: setup-dev translations ## run all tests
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not alone"
	$(BIN)/python -m pytest -q -m alone

RACES := tests/registry/review/test_crowds.py tests/api/oauth/test_races.py tests/api/oauth/test_limits.py tests/registry/identity/test_throttling.py \
	tests/web/test_guessing.py

races: setup-dev translations ## the races and guessing attacks at their full number of tries (takes a while)
	COMMONS_ROUNDS=1000 COMMONS_TRIES=10000 COMMONS_ACTIONS=10000 $(BIN)/python -m pytest -q --timeout=7200 $(RACES)

timing: setup-dev translations ## whether a refusal's time tells anything, with 20,000 samples of each kind
	COMMONS_SAMPLES=20000 $(BIN)/python -m pytest -q --timeout=7200 tests/registry/test_timing.py

lives: setup-dev translations ## reports in every order of steps, 10,000 of them, against what must always hold
	COMMONS_STEPS=10000 $(BIN)/python -m pytest -q --timeout=7200 tests/registry/review/test_lives.py

federation-demo: setup translations ## three nodes that share, retract, erase and lose one of them, with pages to look at
	@exec $(BIN)/python -m web.demo.three_nodes

CHAOS := tests/registry/federation/test_killed_pulls.py tests/registry/federation/test_hostile_peers.py \
	tests/web/green/test_killed_pulls.py tests/web/test_cut_lines.py

chaos: setup-dev translations ## pulls killed at every step, peers that mean no good, and cut lines, at their full number
	COMMONS_KILLS=500 COMMONS_HOSTILE=10 COMMONS_CUTS=2000 $(BIN)/python -m pytest -q --timeout=7200 $(CHAOS)

two-worlds: setup-dev translations ## the same report from two organizations, 200 times: nothing public may differ
	COMMONS_PAIRS=200 $(BIN)/python -m pytest -q --timeout=7200 tests/web/test_two_worlds.py

lint: setup-dev ## ruff and mypy, warnings are errors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup-dev translations ## measure, print a table, write bench-results/latest.json
	$(BIN)/python -m compileall -q taxonomy registry search api web bench tests
	$(BIN)/python -m bench

docs: setup-dev ## write the OpenAPI document and the taxonomy into build/docs
	$(BIN)/python -m web.docs build/docs

clean: ## remove everything that was made here, data included
	rm -rf $(VENV) var build bench-results
