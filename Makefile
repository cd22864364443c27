# Needs make, git and Python 3.11 or newer; everything else is installed from here.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test lint format bench lock clean FORCE

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r target what; do \
		printf '  make %-8s %s\n' "$$target" "$$what"; done

# The date of the last commit, so that one commit always gives the same bytes.
site: .venv/.klartekst ## Build the site into site/; a warning is an error
	SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)}" \
		NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

serve: .venv/.klartekst ## Show the site on this machine, built again on each change
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

test: ## Install what the tests need, lint, then run every test on the built wheel
	sh tests/system-parts.sh
	$(MAKE) lint
	$(BIN)/python -m pytest

lint: .venv/.klartekst ## Check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=plugins $(BIN)/lint-imports

format: .venv/.requirements ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: .venv/.klartekst ## Measure how long sites take to build
	$(BIN)/python benchmarks/build_time.py

lock: .venv/.requirements ## Write requirements.lock from pyproject.toml (UPGRADE=1: newest releases)
	$(BIN)/uv pip compile pyproject.toml --extra downloads --group dev --universal --python-version 3.11 --generate-hashes \
		--no-config --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		$(if $(UPGRADE),--upgrade) --quiet --output-file requirements.lock

clean: ## Remove everything that make has made
	rm -rf .venv site tests/cases/*/site build dist benchmarks/out .site.klartekst-* .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis
	find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Made from nothing on each change of the lock: pip would leave behind what the new lock no longer names.
.venv/.requirements: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Klartekst needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
			"Name another one: make PYTHON=python3.13" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The built wheel and no editable install: what is tested is what ships.
.venv/.klartekst: .venv/.requirements build/sources
	rm -rf build/wheel
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w build/wheel .
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall build/wheel/*.whl
	@touch $@

# By content, since file times miss what was deleted and change with every checkout.
build/sources: FORCE
	@mkdir -p build
	@find plugins pyproject.toml README.md LICENSE -type f ! -path '*/__pycache__/*' -exec cksum {} + | LC_ALL=C sort > $@.new
	@if cmp -s $@ $@.new; then rm $@.new; else mv $@.new $@; fi
