# Two commands: `make run` brings Dateline up on the seeds, `make test` runs the tests. Both install first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
JARS   := deploy/kafka/libs/.complete
DONE   := $(VENV)/.installed

.PHONY: help setup run demo test test-all lint types clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: $(DONE) $(JARS) ## install everything into .venv and deploy/kafka/libs; quick when nothing changed

$(DONE): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not: install it, or name it with 'make $(MAKECMDGOALS) PYTHON=python3.12'" >&2; exit 1; }
	@echo "[1/2] Installing Dateline into $(VENV) (about 500 MB the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "The environment could not be made: install Python's venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(JARS): deploy/kafka/pom.xml
	@command -v java >/dev/null || \
	  { echo "Java is missing: install a Java 17 runtime (Debian: apt-get install openjdk-17-jre-headless)" >&2; exit 1; }
	@command -v mvn >/dev/null || \
	  { echo "Maven is missing: it fetches Kafka (Debian: apt-get install maven)" >&2; exit 1; }
	@echo "[2/2] Fetching Kafka's jars into deploy/kafka/libs (54 MB)"
	@rm -rf deploy/kafka/libs
	@mvn --batch-mode --quiet --file deploy/kafka/pom.xml dependency:copy-dependencies
	@touch $@

run: setup ## start Dateline on the seeds and stay up until Ctrl-C
	@$(BIN)/dateline up --push seeds

demo: setup ## the same, but stop once the timeline answers
	@$(BIN)/dateline up --push seeds --once

test: setup ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"

test-all: setup ## run the tests, with the long ones
	@$(BIN)/python -m pytest

lint: setup ## check style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup ## check types
	@$(BIN)/mypy

clean: ## remove what was installed and what Dateline wrote
	rm -rf $(VENV) deploy/kafka/libs .dateline .mypy_cache .ruff_cache .pytest_cache .hypothesis
