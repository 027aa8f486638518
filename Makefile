# make data         install into .venv, validate the records, write build/package
# make test         run the tests; some of them read exports with the foreign programs of make tools
# make check        lint, format, types, docstrings, generated files
# make fix          what of that can be mended by itself
# make docs         the site of the documents, with the notebooks executed, in build/site
# make bench        ratios of speed and memory, e.g. make bench ARGS='--sizes 1000,100000 --peers'
# make mutation     which changes of the code no test would notice, e.g. make mutation ARGS='--sample 20 --rooms models'
# make tools        the foreign programs, once, into build/tools
# make coverage     the tests, and which lines and branches they reach
# make test-oldest  the tests with the lowest versions that pyproject.toml allows, in .venv-oldest
# make test-newest  the tests with whatever the registry gives, in .venv-newest
# make lock         renew .ci/locks, from which all but the last two install
#
# .ci/locks names every version and its hash, so that a clone of today is as green next month. They are there and not
# at the top, which is kept for what users look for; .ci/ holds what machines run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := .ci/locks
TOOLS := build/tools
# Each test belongs to one process, and who is done takes from the others.
PYTEST := -m pytest -n auto --dist worksteal
PIP := -m pip install --quiet --disable-pip-version-check
UV := $(TOOLS)/uv/bin/uv

.PHONY: data test check fix docs bench mutation tools coverage test-oldest test-newest lock clean

data: $(VENV)/.core
	$(BIN)/defcoop build --out build/package

test: $(VENV)/.dev tools
	@echo 'This takes about 13 minutes on two cores.'
	$(BIN)/python $(PYTEST) $(ARGS)

coverage: $(VENV)/.dev tools
	$(BIN)/python $(PYTEST) --cov --cov-report=term $(ARGS)

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
	$(BIN)/python docs/descriptions.py
	$(BIN)/defcoop schema
	$(BIN)/defcoop codebook
	$(BIN)/python docs/picture.py
	$(BIN)/python docs/house.py

docs: $(VENV)/.dev
	$(BIN)/mkdocs build --strict -f docs/site/mkdocs.yml

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

mutation: $(VENV)/.dev $(TOOLS)/cosmic-ray/.made
	$(TOOLS)/cosmic-ray/bin/python tests/mutation.py $(ARGS)

clean:
	rm -rf $(VENV) $(VENV)-oldest $(VENV)-newest build dist

$(VENV)/.core: $(LOCKS)/core.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP) --require-hashes -r $<
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(LOCKS)/dev.txt $(VENV)/.core
	$(BIN)/python $(PIP) --require-hashes -r $<
	touch $@

# Whoever lacks one is told, and its tests are skipped; with CI=true nothing may be missing.
tools: $(patsubst %,$(TOOLS)/%/.made,ftm cffconvert codegen duckdb-oldest node)

OR_SKIP = || { echo '$(notdir $(@D)) cannot be installed here, so its tests are skipped'; test '$(CI)' != true; }

$(TOOLS)/%/.made: $(LOCKS)/%.txt
	@echo 'Installing $* into $(@D), once'
	@{ $(PYTHON) -m venv --clear $(@D) && $(@D)/bin/python $(PIP) --require-hashes -r $< && touch $@; } $(OR_SKIP)

$(TOOLS)/node/.made: $(LOCKS)/node/package-lock.json
	@echo 'Installing node packages into $(@D), once'
	@mkdir -p $(@D) && cp $(LOCKS)/node/*.json $(@D)
	@{ npm ci --prefix $(@D) --silent --no-audit --no-fund && touch $@; } $(OR_SKIP)

# The oldest and the newest are resolved anew each time: what is released and withdrawn is part of the question.
test-oldest test-newest: test-%: tools $(TOOLS)/uv/.made
	$(PYTHON) -m venv --clear $(VENV)-$*
	$(UV) pip install --quiet --python $(VENV)-$*/bin/python $(RESOLVE_$*) --editable '.[dev]'
	$(VENV)-$*/bin/python $(PYTEST) $(LEAVES_OUT_$*) $(ARGS)

# CONTRIBUTING.md leads to `make check`, and mypy knows the libraries by the types of the locked versions.
LEAVES_OUT_oldest := --deselect tests/test_contributing.py

RESOLVE_oldest := --resolution lowest-direct
RESOLVE_newest := --upgrade

# All versions anew; UPGRADE= keeps those there are and adds what pyproject.toml asks for beside them.
UPGRADE ?= --upgrade
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command 'make lock' $(UPGRADE)

lock: $(TOOLS)/uv/.made
	$(COMPILE) pyproject.toml --group build -o $(LOCKS)/core.txt
	$(COMPILE) pyproject.toml --extra dev -c $(LOCKS)/core.txt -o $(LOCKS)/dev.txt
	for tool in ftm cffconvert codegen cosmic-ray duckdb-oldest uv; do $(COMPILE) $(LOCKS)/$$tool.in -o $(LOCKS)/$$tool.txt || exit; done
	npm install --prefix $(LOCKS)/node --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
