# Every target has a line of help: `make help`. A fresh machine needs Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

OUTREACH_HOME ?= home
SAMPLES := data_samples
REGIONS := yanling yaohai
BATCHES = $(foreach region,$(REGIONS),$(sort $(wildcard $(SAMPLES)/$(region)/????-??-??)))
PORT ?= 3000

.DEFAULT_GOAL := help
.PHONY: help install run test soak lint dev portal validate bench night identity decisions test-tools generate cookbook headers lock clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv and install the pinned packages and the project in it

run: $(INSTALLED) ## Run the samples: two nights of yaohai, one of yanling; say what changed and where the lists are
	@set -e; for batch in $(BATCHES); do \
		$(BIN)/outreach run --region $$(basename $$(dirname $$batch)) --date $$(basename $$batch) \
			--landing $(SAMPLES) --home $(OUTREACH_HOME); \
	done
	@echo
	@echo "Lists for officers:  $(OUTREACH_HOME)/lists/<region>/latest/   (start with index.csv)"
	@echo "Since the night before, line by line:"
	@ls $(OUTREACH_HOME)/lists/*/latest/changes.csv
	@echo "For analysts:        $(OUTREACH_HOME)/warehouse/<region>/latest.analyst.duckdb"
	@ls -d $(OUTREACH_HOME)/lists/*/latest

test: $(INSTALLED) test-tools lint ## Check format, types, imports and run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

soak: $(INSTALLED) ## The long campaigns and many nights that `make test` leaves out
	$(BIN)/python -m pytest -n 2 --dist loadfile -m soak

test-tools: ## Install what tests need of the system: LibreOffice, Pango, a font, Chromium, PostgreSQL
	@scripts/install-test-tools.sh

lint: $(INSTALLED) ## Only the quick checks: ruff, sqruff (sql/), mypy, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqruff lint sql
	$(BIN)/mypy
	@for file in tests/*/conftest.py; do $(BIN)/mypy --no-error-summary $$file || exit 1; done
	$(BIN)/lint-imports

DEV := $(abspath .dagster_home)
DEV_PLACE := DAGSTER_HOME=$(DEV) OUTREACH_HOME=$(DEV)/home OUTREACH_LANDING=$(DEV)/home/landing

dev: $(INSTALLED) ## Open the Dagster UI on http://127.0.0.1:$(PORT), with a few invented nights in it
	@mkdir -p $(DEV) && cp deploy/dagster.dev.yaml $(DEV)/dagster.yaml
	@$(DEV_PLACE) $(BIN)/python -m pipelines.demo
	$(DEV_PLACE) $(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 --port $(PORT)

PORTAL_PORT ?= 8000

portal: run ## Open the web page on the samples, http://127.0.0.1:$(PORTAL_PORT), with a user for each role
	$(BIN)/python -m pipelines.portal_demo --home $(OUTREACH_HOME)
	$(BIN)/outreach portal --home $(OUTREACH_HOME) --port $(PORTAL_PORT)

validate: $(INSTALLED) ## Load the Dagster definitions as a deployment would
	$(BIN)/dagster definitions validate --workspace workspace.yaml

bench: night identity decisions ## Run all measurements of docs/benchmarks.md

night: $(INSTALLED) ## Time and memory of a whole night, 100 k and 1 M people (PEOPLE="100000 1000000")
	$(BIN)/python -m benchmarks.night $(PEOPLE)

IDENTITY := $(BIN)/python -m benchmarks.identity

identity: $(VENV)/.bench ## Rows and their persons, compared with Splink 5 (some 25 minutes; figures and picture in build/identity)
	$(IDENTITY) worlds --out build/identity --json build/identity/worlds.json
	$(IDENTITY) worlds --people 1000000 --damage ordinary --seeds 7001 --setups graded+household \
		--json build/identity/million.json
	$(IDENTITY) febrl --json build/identity/febrl.json
	$(IDENTITY) ablation --json build/identity/ablation.json
	$(IDENTITY) keys --json build/identity/keys.json

decisions: $(INSTALLED) build/openfisca/.installed ## Decisions a second, compared with OpenFisca-Core (PEOPLE="1000000 10000000")
	$(BIN)/python -m benchmarks.decisions $(PEOPLE) --openfisca build/openfisca/bin/python

build/openfisca/.installed:
	$(PYTHON) -m venv build/openfisca
	build/openfisca/bin/pip install --quiet --disable-pip-version-check "openfisca-core==46.*"
	@touch $@

generate: $(INSTALLED) ## Write what is made from the contracts: models, pages, schemas, samples
	$(BIN)/python -m contracts.generate
	$(BIN)/python -m outreach.identity.level_files
	$(BIN)/python -m outreach.policy.language.schema
	$(BIN)/python -m outreach.engine.write_headers
	$(BIN)/python -m outreach.sample.committed $(SAMPLES)
	$(BIN)/python tests/pipelines/definitions_text.py

cookbook: run ## Write answers, charts and notebook of docs/cookbook.md anew, from the samples
	$(BIN)/python tests/end_to_end/cookbook_page.py $(OUTREACH_HOME)

headers: $(INSTALLED) ## Write columns and sources into the header of every SQL file
	$(BIN)/python -m outreach.engine.write_headers

lock: ## Pin again what pyproject.toml allows, into requirements.lock
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --upgrade hatchling editables ".[ui,dev,portal,report]"
	build/lock/bin/pip freeze --all | grep -vE '^(pip|policy-finds-people)([ =@]|$$)' > requirements.lock
	rm -rf build/lock

clean: ## Remove what make run and make dev wrote (home, .dagster_home); the venv stays
	rm -rf $(OUTREACH_HOME) .dagster_home build

# A deployment's packages change only with the lock file, so the stamp hangs on it alone.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "python cannot make a venv here; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# What the benchmarks compare with; the versions of all else stay those of the lock file.
$(VENV)/.bench: $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation \
		--constraint requirements.lock --editable ".[bench]"
	@touch $@
