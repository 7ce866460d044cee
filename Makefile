# Everything runs from .venv, made from requirements.lock the first time and whenever the lock has changed.
VENV := .venv
BOT := $(VENV)/bin/bot
PYTHON ?= $(firstword $(foreach python,python3.11 python3,$(shell $(python) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $(python))))
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: serve test lint bench lock

serve: $(VENV)/ready
	@$(BOT) train
	@$(BOT) serve

test: $(VENV)/ready $(VENV)/browsers
	@$(VENV)/bin/python -m pytest

lint: $(VENV)/ready node_modules/.package-lock.json
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@node_modules/.bin/tsc

bench: $(VENV)/ready $(VENV)/browsers
	@$(VENV)/bin/python -m bench

lock: $(VENV)/ready
	@$(VENV)/bin/pip install --quiet uv
	@$(VENV)/bin/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-header --upgrade \
		--python-version 3.11 --output-file requirements.lock

$(VENV)/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Vejviser needs Python 3.11: install it (as python3.11), or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON); the first time takes some minutes"
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes --requirement requirements.lock
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Browser tests drive Debian's Chromium and Firefox; CHROMIUM and FIREFOX name others.
$(VENV)/browsers: $(VENV)/ready
	@command -v "$${CHROMIUM:-chromium}" >/dev/null && command -v "$${FIREFOX:-firefox-esr}" >/dev/null || \
		{ echo "Installing Chromium and Firefox for the browser tests"; apt-get update -qq && apt-get install -qq -y chromium firefox-esr >/dev/null; }
	@touch $@

# TypeScript, which checks the types of the pages' scripts; npm leaves that file behind when all is in place.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm >/dev/null || { echo "Installing npm to check the scripts' types"; apt-get update -qq && apt-get install -qq -y --no-install-recommends nodejs npm >/dev/null; }
	@npm ci --silent --no-audit --no-fund
	@touch $@
