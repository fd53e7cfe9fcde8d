# The commands that people and CI run. `make demo` and `make test` do all the set-up by themselves.

# The first Python that runs and is new enough; or say which: make PYTHON=/path/to/python3.12 ...
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	if $$name -c '$(FITS)' >/dev/null 2>&1; then echo $$name; break; fi; done)
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
BENCH := $(VENV)/.bench

.PHONY: help demo test check bench fuzz examples pictures format lock clean

help:
	@echo "make demo      both main jobs on the invented examples, into demo-out/"
	@echo "make test      all tests"
	@echo "make check     style, types, import contracts, docs"
	@echo "make bench     performance promises, as ratios measured in one run"
	@echo "make fuzz      100,000 generated grids and 10,000 damaged files through the reader"
	@echo "make examples  make data/examples anew"

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	ZHENGKAO_HOME=demo-out/home $(BIN)/zhengkao demo --out demo-out

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_docs.py

# what the program is measured against; never part of it, so not in the lock files
$(BENCH): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bench]'
	@touch $(BENCH)

bench: $(BENCH)
	@for file in benchmarks/[a-z]*.py; do case $$file in */batches.py) ;; *) name=$$(basename $$file .py); echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1;; esac; done

fuzz: $(READY)
	$(BIN)/python scripts/fuzz.py

examples: $(READY)
	$(BIN)/python scripts/make_examples.py

pictures: $(READY)
	$(BIN)/python scripts/make_pictures.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo-out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
