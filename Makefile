# Needs Python 3.11 or newer and make, nothing else: each target prepares what it uses. `make help` lists them.

PYTHON ?= python3
VENV := .venv/bin
TESTS ?= tests
PYTEST := $(VENV)/python -m pytest
# the long stories come first (tests/conftest.py), not the files with the most tests
PARALLEL ?= -n 2 --dist loadfile --no-loadscope-reorder

# compiled code is kept: each process of the tests would otherwise compile the project again
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run stop manage test test-slow test-tours test-browser test-faults test-scale lint format lock messages bench demo-reset clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run:  ## everything on this machine: servers, demo province, web, worker, beat (PORT, HOST, DEMO=0)
	@$(PYTHON) bootstrap.py && exec $(VENV)/python -m ops.run

stop:  ## end the embedded servers now (they end by themselves when nobody uses them)
	@$(PYTHON) bootstrap.py && $(VENV)/python -m ops.servers stop

manage:  ## a management command: make -s manage ARGS="import_list FILE --programme LD_TU_DO --area 30343"
	@$(PYTHON) bootstrap.py && exec $(VENV)/python -m ops.manage $(ARGS)

demo-reset:  ## throw the embedded demo away and build it anew
	@$(PYTHON) bootstrap.py && $(VENV)/python -m ops.demo_reset

test:  ## the tests without a browser and without kills (TESTS=tests/core for a part)
	@$(PYTHON) bootstrap.py --test && $(PYTEST) $(PARALLEL) -m "not tour and not browser and not faults" $(TESTS)

test-slow:  ## all that `make test` leaves out: stories in a browser, kills, tours at one width each (TOURS=both for all)
	@$(PYTHON) bootstrap.py --test && TOURS=$${TOURS:-one} $(PYTEST) $(PARALLEL) -m "browser or faults or tour" $(TESTS)

test-tours:  ## every page in a browser, for faults of accessibility and for numbers in clear
	@$(PYTHON) bootstrap.py --test && $(PYTEST) $(PARALLEL) -m tour $(TESTS)

test-browser:  ## stories in a real browser, but the tours
	@$(PYTHON) bootstrap.py --test && $(PYTEST) $(PARALLEL) -m "browser and not tour" $(TESTS)

test-faults:  ## kills, races and cut connections
	@$(PYTHON) bootstrap.py --test && $(PYTEST) $(PARALLEL) -m "faults and not browser and not tour" $(TESTS)

test-scale:  ## the large sizes
	@$(PYTHON) bootstrap.py --test && SCALE=full $(PYTEST) -m scale tests

lint:  ## ruff, mypy --strict, import-linter, djlint, makemigrations --check
	@$(PYTHON) bootstrap.py && $(VENV)/python -m ops.lint

format:  ## let ruff lay the code out
	@$(PYTHON) bootstrap.py && $(VENV)/ruff check --fix -q . ; $(VENV)/ruff format -q .

messages:  ## collect the texts of the interface into the English catalogue and compile it
	@$(PYTHON) bootstrap.py && $(VENV)/python -m ops.messages

bench:  ## the figures of docs/benchmarks.md
	@$(PYTHON) bootstrap.py && $(VENV)/python -m benchmarks $(ARGS)

lock:  ## write both lock files again from pyproject.toml (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements.lock
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -c requirements.lock pyproject.toml -o requirements-server.lock

clean: stop  ## remove the environment and all run-time state of this folder, the demo's database too
	@$(VENV)/python -m ops.clean && rm -rf .venv
