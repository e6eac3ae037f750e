# The one place where the project's commands live. `make test` needs Python 3.11+ and a package registry, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVALS ?=  # a folder of labelled sets for the retrieval benchmark
MEETINGS ?=  # a folder of labelled meetings for bench-motives and bench-search, else benchmarks/meetings
SNIPPETS ?=  # a folder of snippets in pairs for bench-motives, else training/held_out
FLOAT32 ?=  # the folder of the float32 model for the peers: scripts/build_embedder.py --float32 makes it
SET ?=  # the split of QMSum in EVALS for bench-search, else qmsum-val
SIZES ?=  # how many passages bench-search times a search over, else 1000 10000 100000

TORTURE_COUNT ?= 200
TORTURE_RUNS ?= 10
TORTURE_SECONDS ?= 60
TORTURE_PROCESSES ?= 8

PEER_AND_MEETINGS = $(if $(MEETINGS),--meetings $(MEETINGS)) $(if $(FLOAT32),--float32 $(FLOAT32))

.PHONY: install demo test looks torture check format bench bench-search bench-motives bench-actions evaluate fuzz lock audit clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Analyzer needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $@

demo: install
	$(BIN)/python scripts/demo.py

test: install  # bytecode is kept whatever the environment says: to compile all tests anew takes each worker ten seconds
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal  # three on two cores: some tests wait

looks: install  # needs Chromium and LibreOffice, and says which tests it leaves out without them
	$(BIN)/python -m pytest -m looks -rs tests/looks

torture: install  # half an hour and more: TORTURE_COUNT kills, a quarter as many flipped bits in index and record, TORTURE_RUNS crowds of TORTURE_PROCESSES for TORTURE_SECONDS each
	TORTURE_COUNT=$(TORTURE_COUNT) TORTURE_RUNS=$(TORTURE_RUNS) TORTURE_SECONDS=$(TORTURE_SECONDS) \
		TORTURE_PROCESSES=$(TORTURE_PROCESSES) $(BIN)/python -m pytest -m torture -s tests/torture

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: install
	$(BIN)/analyzer evaluate benchmarks/meetings --engine offline

fuzz: install
	$(BIN)/python benchmarks/fuzz_transcripts.py

bench: install
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/bench_documents.py
	$(BIN)/python benchmarks/bench_transcripts.py
	$(BIN)/python benchmarks/bench_embedder.py $(if $(FLOAT32),--float32 $(FLOAT32))
	EVALS=$(EVALS) $(BIN)/python benchmarks/bench_search.py $(if $(FLOAT32),--float32 $(FLOAT32))
	EVALS=$(EVALS) $(BIN)/python benchmarks/bench_actions.py

bench-search: install
	$(if $(FLOAT32),$(BIN)/python -m pip install --quiet --disable-pip-version-check --group peer)
	EVALS=$(EVALS) $(BIN)/python benchmarks/bench_search.py $(if $(SET),--set $(SET)) $(PEER_AND_MEETINGS)
	$(BIN)/python benchmarks/search_speed.py $(if $(SIZES),--sizes $(SIZES)) $(PEER_AND_MEETINGS)

bench-motives: install
	$(BIN)/python benchmarks/bench_motives.py $(if $(MEETINGS),--meetings $(MEETINGS)) $(if $(SNIPPETS),--snippets $(SNIPPETS))

bench-actions: install
	EVALS=$(EVALS) $(BIN)/python benchmarks/bench_actions.py

lock: install  # every dependency at one version, with hashes, for every system and Python from 3.11
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --python-version 3.11 pyproject.toml --output-file requirements.lock

audit: install  # fails for a known vulnerability alone, and says so where none can be looked up
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lock
	$(BIN)/python scripts/audit.py

clean:
	rm -rf $(VENV) build dist demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis
