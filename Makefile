# Everything runs in one virtual environment made from a hashed lock, wheels only, without root and without a compiler.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --only-binary :all:

.PHONY: demo serve test check tools bench long lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/service.stamp ## the main job, from the shipped workbook to verified transcripts
	$(BIN)/signing-service demo

serve: $(VENV)/service.stamp ## web pages and API
	$(BIN)/signing-service serve

test: $(VENV)/tests.stamp check ## every check: style, types, layout, behaviour
	$(BIN)/python -m pytest -n 2 --dist loadfile -rs

check: $(VENV)/tests.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

tools: ## as root: the outside programs that some tests ask
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends poppler-utils softhsm2 chromium openssl postgresql maven openjdk-17-jdk-headless

bench: $(VENV)/tests.stamp ## ours beside plain pyHanko, in one run
	$(BIN)/python -m bench

long: $(VENV)/tests.stamp ## what takes too long for every commit
	SIGNING_SERVICE_LONG=1 $(BIN)/python -m pytest -m long -rs --timeout 3600

lock: $(VENV)/bin/python ## resolve again, after a change of dependencies (needs uv)
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra service --extra postgresql pyproject.toml .ci/lock/build.in -o .ci/lock/service.txt
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra service --extra postgresql --extra pkcs11 --extra tests pyproject.toml .ci/lock/build.in -o .ci/lock/tests.txt

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/service.stamp: .ci/lock/service.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r .ci/lock/service.txt
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	touch $@

$(VENV)/tests.stamp: .ci/lock/tests.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r .ci/lock/tests.txt
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	touch $@
	touch $(VENV)/service.stamp
