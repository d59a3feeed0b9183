# netra: make setup | demo | test | test-slow | check | bench | fixtures | clean
#
# A machine needs Python 3.11 or 3.12 and make. `make demo` on a fresh copy does everything else: it fetches the
# installer uv into .uv/, the libraries into .venv/, and scans the built-in invented election. Later calls skip what
# is done: a stamp file inside each folder remembers it.

.DEFAULT_GOAL := help
.PHONY: help setup setup-fixtures demo test test-slow check bench fixtures clean

UV_VERSION := 0.13.9
UV := .uv/bin/uv
BIN := .venv/bin
UV_STAMP := .uv/stamp-$(UV_VERSION)
SETUP_STAMP := .venv/stamp-setup
FIXTURES_STAMP := .venv/stamp-fixtures

# The interpreter is the one already on the machine, and the environment is the one in this folder, whatever other
# environment the calling shell has switched on.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

# Tried by running, not by name: a launcher can carry the name of a Python that is not installed.
PYTHONS := python3.12 python3.11 python3 python
VERSION_FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))
# Debian and Ubuntu ship venv without ensurepip, the part that fills it, until python3-venv is installed.
HAS_VENV := import ensurepip, venv

# Two workers are what the tests are measured with; a file stays on one worker so that its models load once. Within a
# worker numpy has one thread: with two in each, four of them wait for one another on two cores, and small matrices,
# as populations have, can take several times as long.
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=2 --dist=loadfile

help:
	@echo "make setup      install everything into .venv (then: .venv/bin/netra --help)"
	@echo "make demo       scan the built-in invented election and show what was found"
	@echo "make test       the everyday tests"
	@echo "make test-slow  the long tests"
	@echo "make check      style and types"
	@echo "make bench      speed on this machine"
	@echo "make fixtures   render the invented people and photos again"
	@echo "make clean      remove what was installed and built here"

setup: $(SETUP_STAMP)

setup-fixtures: $(FIXTURES_STAMP)

demo: setup
	$(BIN)/netra demo

test: setup
	$(PYTEST) -m "not slow"

test-slow: setup
	$(PYTEST) -m slow

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

fixtures: setup-fixtures
	$(BIN)/python -m fixtures.build
	$(BIN)/python -m fixtures.symbol_pictures

clean:
	rm -rf .venv .uv uv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(UV_STAMP):
	@found=; old=; \
	for python in $(PYTHONS); do \
		"$$python" -c '$(VERSION_FITS)' 2>/dev/null || continue; \
		old="$$python"; \
		"$$python" -c '$(HAS_VENV)' 2>/dev/null || continue; \
		found="$$python"; break; \
	done; \
	if [ -z "$$old" ]; then \
		echo "netra needs Python 3.11 or 3.12; none of these is one: $(PYTHONS)." >&2; \
		echo "Install Python 3.12 (Debian, Ubuntu: apt install python3 python3-venv), then run make again." >&2; \
		exit 1; \
	fi; \
	if [ -z "$$found" ]; then \
		echo "$$old cannot make virtual environments: its parts venv and ensurepip are missing." >&2; \
		echo "Install them (Debian, Ubuntu: apt install python3-venv, or python3.12-venv), then run make again." >&2; \
		exit 1; \
	fi; \
	set -ex; \
	rm -rf .uv; \
	"$$found" -m venv .uv; \
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# An environment made by another interpreter is replaced by uv itself; --no-progress keeps logs readable.
$(SETUP_STAMP): pyproject.toml $(UV_STAMP)
	$(UV) sync --no-progress --python .uv/bin/python
	@rm -f $(FIXTURES_STAMP)
	@touch $@

$(FIXTURES_STAMP): $(SETUP_STAMP)
	$(UV) sync --no-progress --python .uv/bin/python --group fixtures
	@touch $@
