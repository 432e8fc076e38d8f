# make run: install and open the app.  make test: install and pass everything.  make bench: the benchmarks.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # what is compiled once starts sooner the next time

.DEFAULT_GOAL := help
.PHONY: help run test bench format check unit browser clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run.stamp

.venv/bench.stamp: requirements.txt requirements-bench.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@ .venv/run.stamp

run: .venv/run.stamp ## install and open the app on port 8501 (PORT= changes it)
	PORT=$(PORT) $(BIN)/python -m cnnviz.ui.server

test: check unit browser ## install and pass everything: format, lint, contracts, types, unit, pages, browser

check: .venv/test.stamp ## format, lint, import contracts, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

unit: .venv/test.stamp ## unit and page tests
	$(BIN)/python -m pytest -q -n auto -p no:rerunfailures --ignore=tests/browser

# Three at a time, also on two cores: a page in a browser often waits.
browser: .venv/test.stamp ## tests in Chromium; installed first if this machine has none
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder $(BROWSER_OPTIONS) tests/browser

bench: .venv/bench.stamp ## side by side with OpenCV, SciPy and PyTorch
	$(BIN)/python -m benchmarks

format: .venv/test.stamp ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove what make made
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache test-results
	find cnnviz pages tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
