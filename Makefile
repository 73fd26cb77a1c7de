# Motcua: `make` alone lists what can be done here. Needs Debian's python3, python3-venv, git, make.

.DEFAULT_GOAL := help
.PHONY: help env run check test test-more test-all bench screenshots lock fmt docs clean

PORT ?= 8000
PYTEST := .venv/bin/python -m pytest -q

# Tests start Motcua dozens of times: compile it once, whatever this shell prefers.
test test-more: export PYTHONDONTWRITEBYTECODE :=

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

env: ## make .venv from the hashed lock file (instant when it is there)
	@scripts/env.sh dev

run: ## start Motcua with sample data on http://127.0.0.1:8000 (or PORT=…)
	@scripts/env.sh run
	@PORT=$(PORT) exec .venv/bin/motcua up --sample

check: env ## lint, types, import law, migrations, documents, vendored files (a minute at most)
	@.venv/bin/python scripts/check.py

test: env ## run the test suite on SQLite
	@$(PYTEST) -n 2 --dist worksteal -m "not postgres and not browser and not recovery and not fuzz and not wide"

test-more: env ## run what test leaves out: crashes, made-up requests, Chromium, and the suite on PostgreSQL
	@.venv/bin/python scripts/test_more.py

test-all: test test-more ## run every test there is

bench: env ## measure the budgets of the design
	@.venv/bin/python -m benchmarks

screenshots: env ## take pictures of the main pages into build/screenshots (needs Chromium)
	@.venv/bin/python scripts/screenshots.py

lock: env ## write the hashed lock files anew
	@test -x .venv/bin/uv || .venv/bin/python -m pip install -q uv
	@sh scripts/lock.sh

fmt: env ## format and mend what can be mended by itself
	@.venv/bin/ruff check --quiet --fix-only . ; .venv/bin/ruff format --quiet .

docs: env ## write the documents that are generated anew
	@.venv/bin/motcua mission --markdown > docs/mission.md

clean: ## remove the environment and all caches (never var/, where the data lives)
	@rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests scripts -name __pycache__ -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
