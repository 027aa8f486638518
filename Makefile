# make data   install into .venv, validate the records, write build/package
# make test   run the tests
# make check  lint, format, types, docstrings, generated files
# make fix    what of that can be mended by itself
# make docs   the site of the documents, with the notebooks executed, in build/site
# make bench  ratios of speed and memory, e.g. make bench ARGS='--sizes 1000,100000 --peers'

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: data test check fix docs bench clean

data: $(VENV)/.core
	$(BIN)/defcoop build --out build/package

test: $(VENV)/.dev
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/interrogate defcoop
	$(BIN)/defcoop schema --check
	$(BIN)/defcoop codebook --check

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/defcoop schema
	$(BIN)/defcoop codebook
	$(BIN)/python docs/picture.py

docs: $(VENV)/.dev
	$(BIN)/mkdocs build --strict -f docs/site/mkdocs.yml

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf $(VENV) build dist

$(VENV)/.core: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
