# Two commands do everything on a bare Debian 12: `make run` and `make test`.

PYTHON ?= python3.11
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-deps --no-build-isolation
DEMO := build/demo

.PHONY: run test test-postgres check mutants bench year soak faults setup windows test-windows deb test-deb release release-twice dev system-run system-test system-postgres lock clean

run: setup system-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	    exec $(BIN)/zoufang; \
	else \
	    rm -rf $(DEMO) && $(BIN)/zoufang demo --dir $(DEMO) && packaging/list-made.sh $(DEMO); \
	fi

test: dev system-test
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest --numprocesses auto

# The same tests with the records on a PostgreSQL server, which is started for them and stopped.
# `make test-postgres ON="tests/services/figures"` runs others than the chosen ones.
ON ?= $(shell cat tests/on_postgres.txt)
test-postgres: dev system-postgres
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest --engine postgresql --numprocesses 2 --dist loadfile $(ON)

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(wildcard tests/test_readme.py),$(BIN)/pytest -q tests/test_readme.py)

# Changes single lines of the domain and the package format, and lists what no test notices.
# All of it takes hours; `make mutants ONLY="app.domain.merging.*"` takes one room or module.
mutants: dev
	@set -f; $(BIN)/mutmut run $(ONLY) && $(BIN)/python packaging/mutation_score.py --survivors $(ONLY)

bench: dev
	$(BIN)/python -m tests.bench

# A made year of a whole city, kept in build/bench: what 疑似重复 finds of what is known, and
# every time of the city's desk. `make year SEED=7 SCALE=0.1`
SEED ?= 1
SCALE ?= 1
year: dev
	$(BIN)/python -m tests.bench.year --seed $(SEED) --scale $(SCALE) $(YEAR)

# The same jobs beside other programs, which are installed in build/peers for that alone.
bench-peers: dev build/peers/made.stamp
	$(BIN)/python -m tests.bench.peers

build/peers/made.stamp: packaging/peers.lock
	$(PYTHON) -m venv --clear build/peers
	build/peers/bin/pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
		--only-binary :all: --requirement packaging/peers.lock
	@touch $@

# The package for Debian 11 to 13, UOS V20 and Kylin V10, as root; what takes long is kept in build/linux.
DEB := build/zoufang_amd64.deb
deb: setup system-deb
	packaging/linux/build.sh build/linux $(BIN)/python $(DEB)

# Installs it on bare Debians, keys a visit in its window, and removes it; as root.
test-deb: dev system-deb-test
	@[ -f $(DEB) ] || $(MAKE) deb
	ZOUFANG_DEB=$(DEB) ZOUFANG_ROOTS=build/linux ZOUFANG_PICTURES=build/linux/pictures \
	    $(BIN)/pytest -v tests/linux/check_deb.py $(CHECK)

# Hundreds of hurried rounds of the program on one busy core; an hour. `make soak SOAK="--rounds 50"`
soak: dev system-test
	$(BIN)/python -m tests.soak $(SOAK)

# More than 100,000 damaged packages, 2,000 kills, failing disks, power cuts: hours of one core;
# the table of what came of them is build/faults.md. `make faults COUNT=200 FAULTS="kill power"`
faults: dev system-test
	$(BIN)/python -m tests.faults $(FAULTS) --seed $(SEED) $(if $(COUNT),--count $(COUNT))

# The set-up for Windows, on Debian 12 as root; a Debian 13 with wine and the tools for it is made
# in WINDOWS_ROOT (2 GB) and kept. What is made lies in build/windows.
WINDOWS_ROOT ?= /var/tmp/zoufang-trixie
windows: setup system-windows
	packaging/windows/build.sh $(WINDOWS_ROOT) build/windows $(BIN)/python

# Installs it under wine, keys a visit in its window, and removes it; as root.
test-windows: dev system-windows-test
	@ls build/windows/zoufang-*-setup.exe >/dev/null 2>&1 || $(MAKE) windows
	packaging/windows/root.sh $(WINDOWS_ROOT) make
	ZOUFANG_SETUP=$$(ls build/windows/zoufang-*-setup.exe) ZOUFANG_ROOT=$(WINDOWS_ROOT) \
	    $(BIN)/pytest -v tests/windows/check_setup.py $(CHECK)

# All that a version is given out with, in build/release, from a clean clone of a commit: the package,
# the set-up, the package format, the update file for the publisher to sign (or signed, with
# PUBLISHER_KEY=FILE), lists of parts and files, SHA256SUMS. CHANGELOG.md must have the version.
COMMIT ?= HEAD
RELEASE = INTERPRETER=$(BIN)/python LINUX_PLACE=build/linux WINDOWS_PLACE=build/windows \
	WINDOWS_ROOT=$(WINDOWS_ROOT) packaging/release/release.sh $(COMMIT)
release: setup system-deb system-windows
	$(RELEASE) build/clone build/release

# Makes it twice, from two clones in different places, and holds both against each other.
release-twice: release
	$(RELEASE) $$(mktemp -d)/another-clone build/release-again
	cmp build/release/SHA256SUMS build/release-again/SHA256SUMS && echo "两次相同 / the same bytes twice"

setup: .venv/run.stamp
	@:

dev: .venv/dev.stamp
	@:

# The stamps make a repeated command quick; they age with the locks and pyproject.toml.
.venv/made.stamp:
	@packaging/system.sh python $(PYTHON)
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp packaging/build.lock packaging/run.lock pyproject.toml
	@echo "正在安装程序所需的库 / installing what the program needs"
	@$(INSTALL) --requirement packaging/build.lock
	@$(INSTALL) --requirement packaging/run.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp packaging/dev.lock
	@echo "正在安装检查工具 / installing what the checks need"
	@$(INSTALL) --requirement packaging/dev.lock
	@touch $@

system-run:
	@packaging/system.sh run

system-test:
	@packaging/system.sh run test

system-windows:
	@packaging/system.sh run windows

system-windows-test:
	@packaging/system.sh windows screen

system-deb:
	@packaging/system.sh deb

system-deb-test:
	@packaging/system.sh deb deb_test screen

system-postgres:
	@packaging/system.sh postgres

# Keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
UV_VERSION := 0.13.8
COMPILE = cd packaging && ../build/lock/bin/uv pip compile --no-config --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

lock: build/lock/bin/uv
	$(COMPILE) build.in --output-file build.lock
	$(COMPILE) run.in --constraint build.lock --output-file run.lock
	$(COMPILE) dev.in --constraint build.lock --constraint run.lock --output-file dev.lock
	$(COMPILE) peers.in --output-file peers.lock

build/lock/bin/uv:
	$(PYTHON) -m venv --clear build/lock
	build/lock/bin/pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)

clean:
	rm -rf .venv build dist *.egg-info .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants
