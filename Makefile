# `make` alone tells the targets. Nothing is installed outside .venv, and a second run sets nothing up.

PYTHON ?= python3
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test bench peers lock clean

# A finished step leaves a stamp named after all it hangs on: this folder, this Python, these files.
# A step that was cut short leaves none, so it is done again from the start.
stamp = .venv/.$(1)-$(shell { pwd; $(PYTHON) -V; cat $(2); } 2>&1 | cksum | cut -d ' ' -f 1)
RUNTIME := $(call stamp,runtime,requirements/runtime.txt)
DEV := $(call stamp,dev,requirements/runtime.txt requirements/dev.txt)
PEERS := $(call stamp,peers,requirements/runtime.txt requirements/peers.txt)
PROJECT := $(call stamp,project,requirements/runtime.txt pyproject.toml)

help: ## Tell the targets.
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

demo: $(RUNTIME) $(PROJECT) ## Set up, then rank the water providers of Brazil, state by state.
	@mkdir -p out
	@.venv/bin/partnermcda rank docs/examples/br_water_providers_2021.csv --mapping docs/examples/br-water-by-state.yaml --orientation expand_unserved --by city --top 3 -o out/br-water-ranking.csv

test: $(DEV) $(PROJECT) ## Set up, then run every check.
	@echo "== lint (ruff check)"
	@.venv/bin/ruff check
	@echo "== layout (ruff format --check)"
	@.venv/bin/ruff format --check
	@echo "== types (mypy)"
	@.venv/bin/mypy
	@echo "== floors (lint-imports)"
	@.venv/bin/lint-imports
	@echo "== tests, examples in docstrings and pages, wheel (pytest)"
	@.venv/bin/python -m pytest --numprocesses auto --dist worksteal

bench: $(DEV) $(PROJECT) ## Set up, then measure (see benchmarks/README.md).
	@.venv/bin/python -m pytest benchmarks --benchmark-enable --benchmark-only

peers: $(PEERS) $(PROJECT) ## Set up, then race other libraries, and write docs/benchmarks.md anew.
	@.venv/bin/python -m benchmarks.peers

lock: ## Write the locks anew, with the newest releases pyproject.toml allows.
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(compile) --extra dev --output-file requirements/dev.txt
	@$(compile) --constraint requirements/dev.txt --output-file requirements/runtime.txt
	@$(compile) --extra dev --extra peers --constraint requirements/dev.txt --output-file requirements/peers.txt

clean: ## Remove all that make and the checks have made.
	@rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

compile = build/lock/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--upgrade --generate-hashes --no-header --no-annotate --quiet

old_python = partnermcda needs Python 3.11 or newer, and '$(PYTHON)' is missing or older: \
	install one, or name it, as in: make $(MAKECMDGOALS) PYTHON=python3.12
no_venv = '$(PYTHON)' has no venv module: \
	install it (Debian and Ubuntu: apt install python3-venv), then run make $(MAKECMDGOALS) again
no_network = pip cannot reach the package registry: \
	connect to the network, then run make $(MAKECMDGOALS) again (pip's own words: .venv/setup.log)
no_install = pip cannot install what partnermcda needs; the end of .venv/setup.log says why

$(RUNTIME):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(old_python)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(no_venv)" >&2; exit 1; }
	@echo "Setting up .venv, once; this takes about a minute."
	@$(PYTHON) -m venv --clear .venv
	@$(pip) --require-hashes --requirement requirements/runtime.txt $(or_say_why)
	@touch $@

$(DEV): $(RUNTIME)
	@echo "Adding to .venv what checks the project, once."
	@rm -f .venv/.dev-*
	@$(pip) --require-hashes --requirement requirements/dev.txt $(or_say_why)
	@touch $@

$(PEERS): $(RUNTIME)
	@echo "Adding to .venv the libraries to race against, once; they take 400 MB."
	@rm -f .venv/.peers-*
	@$(pip) --no-deps --require-hashes --requirement requirements/peers.txt $(or_say_why)
	@touch $@

$(PROJECT): $(RUNTIME)
	@rm -f .venv/.project-*
	@$(pip) --no-deps --no-build-isolation --editable . $(or_say_why)
	@touch $@

pip = .venv/bin/python -m pip install --no-input --disable-pip-version-check
or_say_why = >.venv/setup.log 2>&1 || { \
	grep -qiE 'connection|timed out|unreachable|from versions: none' .venv/setup.log \
	&& echo "$(no_network)" >&2 || echo "$(no_install)" >&2; exit 1; }
