# `make demo` runs it, `make test` tests it; `make help` lists the rest.
PY ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = copy
UV = .bootstrap/bin/uv
RUN = .venv/bin/prytany

.PHONY: help demo run test lint check bench score-intake lock messages clean

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

.bootstrap/.ok: requirements/bootstrap.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PY) is not Python 3.11 or later. Name one: make PY=python3.12 ..."; exit 1; }
	$(PY) -m venv .bootstrap
	.bootstrap/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/.demo: .bootstrap/.ok requirements/demo.txt pyproject.toml
	@test -x .venv/bin/python || $(UV) venv -q .venv --python "$$(command -v $(PY))"
	$(UV) pip install -q --python .venv/bin/python --require-hashes --no-build -r requirements/demo.txt
	$(UV) pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.demo requirements/dev.txt
	$(UV) pip install -q --python .venv/bin/python --require-hashes --no-build -r requirements/dev.txt
	@touch $@

.build/.ok: .venv/.demo $(shell find src/prytany/locale src/prytany/core/assets.py -name '*.po' -o -name 'assets.py' 2>/dev/null)
	$(RUN) assets
	@touch $@

demo: .venv/.demo .build/.ok  ## Start the office of a made-up province in the browser
	$(RUN) demo --host $(HOST) --port $(PORT)

run: .venv/.demo .build/.ok  ## Start an empty installation
	$(RUN) serve --host $(HOST) --port $(PORT)

test: .venv/.dev .build/.ok  ## Run every test: SQLite, and PostgreSQL and a real browser where present
	.venv/bin/python tests/run.py

lint: .venv/.dev .build/.ok  ## Style, types, layers, migrations
	.venv/bin/ruff check src tests
	.venv/bin/ruff format --check src tests
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet src/prytany
	$(RUN) makemigrations --check --dry-run

check: lint  ## The same, and the tests that need no browser, on SQLite
	.venv/bin/python -m pytest -n auto --dist loadscope -m "not browser"

bench: .venv/.dev .build/.ok  ## Measure against hand-written SQL, on SQLite and PostgreSQL
	.venv/bin/python tests/bench/run.py
	.venv/bin/python tests/bench/reading.py

score-intake: .venv/.dev  ## Measure what reading proposes against careful human readings (INTAKE=folder)
	.venv/bin/python -m prytany.intake.scoring $(INTAKE)

lock: .bootstrap/.ok  ## Choose current versions anew and write them with hashes
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --extra postgres --group build --group demo pyproject.toml -o requirements/demo.txt
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --extra postgres --group build --group demo --group test --group lint pyproject.toml -c requirements/demo.txt -o requirements/dev.txt

messages: .venv/.dev  ## Collect strings for translation (needs gettext)
	$(RUN) messages

clean:  ## Remove what was built; var/ with the data stays
	rm -rf .venv .bootstrap .build
