# make run serves the assistant, make test runs the tests; both set up .venv first, and again when the pins change.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Index to take torch from, where the ordinary one holds only the large CUDA build; the README has the address.
TORCH_INDEX_URL ?=
# Tests are spread over as many processes, a file's tests together; a browser gets the machine for itself.
TEST_PROCESSES ?= 2
BROWSER_TESTS := tests/assistant/web
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: help setup run test check format
.DEFAULT_GOAL := help

help:  ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

setup: $(STAMP)  ## Build .venv with everything pinned

# torch goes first and alone, so that nothing pulls in another build of it.
$(STAMP): pyproject.toml constraints.txt
	@echo 'Setting up $(VENV); this takes some minutes the first time.'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --constraint constraints.txt \
		$(if $(TORCH_INDEX_URL),--index-url $(TORCH_INDEX_URL)) torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: setup  ## Ingest what is new and serve http://127.0.0.1:7860
	$(BIN)/python -m ingest sync || test $$? -eq 1  # a document that cannot be read is named, and the rest is served
	$(BIN)/python -m assistant serve

test: setup  ## Run the tests
	$(BIN)/python -m pytest $(BROWSER_TESTS)
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadfile --ignore $(BROWSER_TESTS)

check: setup  ## Check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup  ## Format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
