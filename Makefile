# Everything is set up in a virtual environment of its own; nothing else on the machine is touched.
PYTHON ?= python3
VENV ?= .venv
OUT ?= demo-out
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint types check lock docs clean help

help:           ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(READY)   ## The demonstration: the whole job on bundled recordings, under a minute
	$(BIN)/tracker demo --out $(OUT)

test: $(READY) lint types   ## Lint, types, and the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

docs: $(READY)  ## Make the generated parts of the documentation anew
	$(BIN)/python -m tests.generate_docs

lock: $(READY)  ## Pin what is tested: versions and hashes, no addresses
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --quiet --upgrade -o requirements.lock

clean:          ## Remove the environment and what the demonstration wrote
	rm -rf $(VENV) $(OUT) dist build

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)
