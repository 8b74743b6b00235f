# Two commands matter: `make demo` and `make test`. Each sets up what it needs; the second time that is quick.

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
KILLS ?= 100
MONTHS ?= 1000000
JOBS ?= auto

.PHONY: demo test check format lint types contracts lock storm mutation oracle clean

demo: $(VENV)/run.stamp
	$(BIN)/schakel demo $(if $(ONCE),--once)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n $(JOBS) --dist loadscope

check: format lint types contracts test

format: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

# Web, worker and database are killed at random while changes stream through. NAIVE=1 runs the control that loses.
storm: $(VENV)/dev.stamp
	$(BIN)/python -m tests.storm --kills $(KILLS) $(if $(SEED),--seed $(SEED)) $(if $(NAIVE),--naive)

# A mistake in every rule, one at a time: cases and oracles must notice nine in ten. Minutes, not seconds.
mutation: $(VENV)/dev.stamp
	$(BIN)/python -m tests.mutation

# A million employee-months, each calculated by hand-written oracles and by the engine. Not one cent may differ.
oracle: $(VENV)/dev.stamp
	$(BIN)/python -m tests.engine.oracle_campaign --months $(MONTHS)

# The locks, with hashes, for every platform. What a check installs on top never moves what runs.
lock: $(VENV)/python.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" requirements/run.in -o requirements/run.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -c requirements/run.lock requirements/bulk.in -o requirements/bulk.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -c requirements/run.lock requirements/dev.in -o requirements/dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Schakel needs Python 3.11 or newer; this is: `$(PYTHON) --version 2>&1`."; \
		echo "Name another one:  make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# What a lock file names is installed to the letter; the product itself only as a link to src/.
$(VENV)/run.stamp: $(VENV)/python.stamp requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
