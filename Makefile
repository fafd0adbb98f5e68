# mlmcrm: `make` alone prints what there is.
PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
ARGS ?=
LOCK := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-config \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help run test faults check bench format messages assets lock setup dev

help: ## Say what there is.
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup:
	@$(PYTHON) tools/setup.py

dev:
	@$(PYTHON) tools/setup.py --dev

run: setup ## Serve as production does, with demo data: web, worker and beat; Ctrl-C ends it.
	@exec env DEMO="$${DEMO-1}" $(MANAGE) serve

test: dev ## The whole suite on SQLite and PostgreSQL, then in the browser. ARGS="-k digest" narrows it.
	@$(PY) -m tools.test $(ARGS)

faults: dev ## Kill, stop, cut off and restart real processes, and look for lost or doubled mails.
	@$(PY) -m tools.faults $(ARGS)

check: dev ## Format, lint, types, imports, templates, migrations, deployment, catalogues, vendored files.
	@$(PY) -m tools.check

bench: dev ## Measure pages against the floor and print tables.
	@$(PY) -m tools.bench $(ARGS)

format: dev ## Format and sort, mend what can be mended.
	@.venv/bin/ruff check --fix --exit-zero --quiet . && .venv/bin/ruff format .

messages: dev ## Add new texts to the German catalogue, compile it.
	@$(PY) -m tools.messages --update --compile

assets: dev ## Fetch the vendored front-end files anew (tools/assets.toml).
	@$(PY) -m tools.assets

lock: dev ## Look for newer packages and write the requirements files.
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt
	@$(LOCK) tools/uv.in -o tools/uv.txt
