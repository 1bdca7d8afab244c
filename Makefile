# newskg: `make demo` shows it working, `make test` runs what CI runs. Everything is installed into .venv only.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
PINS   := --constraint constraints.txt
DEMO   := out/demo
TABLES := 2026-11-23

.DEFAULT_GOAL := help
.PHONY: help install demo test cover check bench docs model pack wheels release lock clean

help: ## say what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(VENV)/.runs: pyproject.toml spacy-package/pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install $(PINS) --upgrade pip
	$(PIP) install $(PINS) --build-constraint constraints.txt --editable . ./spacy-package
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	$(PIP) install $(PINS) --group dev
	@touch $@

install: $(VENV)/.runs ## put the kg command into .venv

demo: $(VENV)/.runs ## build a graph from examples/articles, validate it, ask it a question
	$(BIN)/kg build examples/articles -o $(DEMO)
	$(BIN)/kg validate $(DEMO)
	@echo
	@echo "Who claims which losses? (queries/losses-by-source.rq)"
	$(BIN)/kg query $(DEMO) --file queries/losses-by-source.rq
	@echo
	@echo "Next:"
	@echo "  ask in the browser    $(BIN)/kg serve $(DEMO) --port 7878    then open http://localhost:7878/"
	@echo "  open it in Protégé    $(BIN)/kg export $(DEMO) --format owl -o out/demo.owl    then File > Open, out/demo.owl"

test: check ## run everything that CI runs
	$(BIN)/python -m pytest -n 2

cover: $(VENV)/.tests ## run the tests and say which lines no test reaches
	$(BIN)/python -m pytest --cov=kg --cov-report=term-missing:skip-covered

check: $(VENV)/.tests ## run the checks that read code only: format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tests ## measure articles per second, packs, the endpoint, what one more article costs a graph, and validation (forty minutes)
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.wikidata
	$(BIN)/python -m benchmarks.endpoint
	$(BIN)/python -m benchmarks.loading
	$(BIN)/python -m benchmarks.change
	$(BIN)/python -m benchmarks.validation

docs: $(VENV)/.tests ## write help texts and saved questions into README.md, shapes/README.md, the files of the spaCy package, and build/ontology.html
	$(BIN)/python docs/readme.py
	$(BIN)/python docs/shapes.py
	$(BIN)/python -m docs.ontology build/ontology.html
	$(BIN)/python docs/spacy_package.py

model: $(VENV)/.tests ## train the models that ship from training/corpus, and write their scores beside them
	$(BIN)/python -m training.train
	$(BIN)/python -m training.evaluate --card
	$(BIN)/python docs/spacy_package.py

pack: $(VENV)/.runs ## build the pack of Wikidata items that ships, from the tables in ../shared/data/wikidata
	$(BIN)/kg wikidata pack --from-tables ../shared/data/wikidata --snapshot $(TABLES) -o kg/wikidata/bundled/wd.kgp

wheels: $(VENV)/.runs ## build the wheels of newskg and vi_news_newskg into dist
	$(PIP) wheel $(PINS) --build-constraint constraints.txt --no-deps --wheel-dir dist . ./spacy-package

release: $(VENV)/.tests ## write the ontology in all formats, its page, shapes and checksums into dist
	$(BIN)/python -m docs.ontology.release dist

lock: $(VENV)/.tests ## renew constraints.txt from a fresh install of the newest versions
	$(PYTHON) -m venv --clear build/lock
	build/lock/bin/python -m pip install --quiet --upgrade pip hatchling editables
	build/lock/bin/python -m pip install --quiet --group dev --editable .
	{ grep '^#' constraints.txt; build/lock/bin/python -m pip freeze --all --exclude-editable --exclude setuptools; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## remove what was built, .venv included
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
