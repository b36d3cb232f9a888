# Each target sets up what it needs: a virtual environment with the locked dependencies, made once.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATA ?= data
CORPORA ?= ../corpora

.PHONY: run test check bench score clean

run: $(READY)
	$(BIN)/dateline run --data $(DATA)

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(READY)
	$(BIN)/python -m benchmarks.performance $(BENCH)

score: $(READY)
	$(BIN)/python -m benchmarks.accuracy --corpora $(CORPORA) $(SCORE)

# Removes what the pipeline made, not the drop folder data/raw.
clean:
	rm -rf $(DATA)/clean $(DATA)/extract $(DATA)/normalize $(DATA)/snapshots $(DATA)/warehouse.* $(DATA)/.prefect

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $(VENV)/lib || true
	touch $(READY)
