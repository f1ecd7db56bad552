# Two commands matter: `make run` tries everything on this machine, `make test` proves it. While you work: `make check`
# and `make fix`. `make help` lists them all.
PYTHON ?= python3
# Options of `kuule demo`, for example: make run DEMO="--port 9000 --responses 200"
DEMO ?=
# Options of pytest, for example: make test TESTS="tests/forms -x"
TESTS ?=
# How to renew the locks, for example: make pins PINS=--upgrade
PINS ?=
# What to feed with broken input, and for how many seconds, for example: make fuzz FUZZ="form 600"
FUZZ ?= token
# Which sample of changes to try, for example: make mutants MUTANTS="7 100 disclosure" (seed, size, packages)
MUTANTS ?=
# Folders with further libraries of models, for example: make test-models MODELS=/tmp/gliner
MODELS ?=
# Where the source is on the web, so that links into the code lead there: make site SOURCE=https://example.org/kuule/blob/main
SOURCE ?=
# What to measure, for example: make bench BENCH=steps
BENCH ?=
# How to make a release, for example: make release RELEASE=--rehearse, or RELEASE="--sign ~/.ssh/release"
RELEASE ?=
# Where else to write what a visit asks, for example: make measure-visit VISIT="--language sv --json visit.json"
VISIT ?=
# More processes than two cores: some wait for what they started
PYTEST := .venv/bin/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder -o console_output_style=classic

.DEFAULT_GOAL := help
.PHONY: run check fix docs site test test-matrix test-all test-pythons test-models bench profile measure-visit fuzz mutants pins release clean help python

run: python
	@$(PYTHON) scripts/setup.py run
	@exec .venv/bin/kuule demo $(DEMO)

check: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python scripts/check.py

fix: python
	@$(PYTHON) scripts/setup.py test
	@.venv/bin/ruff check --fix --quiet || true
	@.venv/bin/ruff format --quiet
	@exec .venv/bin/python scripts/generated_docs.py

docs: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python scripts/generated_docs.py

site: python
	@$(PYTHON) scripts/setup.py docs
	@exec .venv/bin/python -m docs_site --source "$(SOURCE)"

test: python
	@$(PYTHON) scripts/setup.py test
	@exec $(PYTEST) -m "not whole and not matrix" $(TESTS)

test-matrix: python
	@$(PYTHON) scripts/setup.py test
	@exec $(PYTEST) -m "matrix and not whole" $(TESTS)

test-all: python
	@$(PYTHON) scripts/setup.py test
	@exec $(PYTEST) $(TESTS)

test-pythons: python
	@$(PYTHON) scripts/every_python.py whole $(TESTS)

test-models: python
	@$(PYTHON) scripts/setup.py test
	@exec $(PYTHON) scripts/name_models.py $(MODELS)

bench: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python -m bench $(BENCH)

profile: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python -m bench.profiling $(VISITS)

measure-visit: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python -m bench.phone $(VISIT)

fuzz: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python -m tests.fuzz $(FUZZ)

mutants: python
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python -m tests.mutants $(MUTANTS)

pins: python
	@$(PYTHON) scripts/pins.py $(PINS)

release: python
	@$(PYTHON) scripts/setup.py run
	@exec .venv/bin/python scripts/release.py $(RELEASE)

clean: python
	@$(PYTHON) scripts/clean.py

python:
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) here: install Python 3.11 or newer (on Debian and Ubuntu: sudo apt install python3 python3-venv)" >&2; exit 1; }

help:
	@echo "make run          set up, then the whole of Kuule on this machine: a survey at once, a report after half a minute, 2,000 practice answers behind it"
	@echo "make check        set up, then what has to hold before a commit: lint, format, import contracts, types, the fast tests; under a minute; two with an empty cache"
	@echo "make fix          set up, then mend what a machine can: lint, format, and what is generated in the documentation"
	@echo "make docs         set up, then write what is generated in the documentation"
	@echo "make site         set up, then build the documentation as a website in build/site: a broken link or a page that no list has is an error"
	@echo "make test         set up, then every behaviour and every promise of the threat model, with a sample of what is the same many times"
	@echo "make test-matrix  set up, then what make test leaves of these matrices: languages, widths, settings; continuous integration runs both"
	@echo "make test-all     set up, then every test, also what boots machines or takes minutes"
	@echo "make test-pythons make test and make test-matrix on Python 3.11, 3.12, 3.13 and 3.14, each that is here in an environment of its own; a quarter of an hour each"
	@echo "make test-models  set up, then the tests of models of names with spaCy, in an environment of its own (MODELS=FOLDER: with GLiNER from there)"
	@echo "make bench        set up, then how fast it is here: a step of a visit, pages a second, memory, what a visit costs in bytes, tables of ten million responses"
	@echo "make profile      set up, then where the time of a page goes, by room and by function (VISITS=2000: more finely)"
	@echo "make measure-visit set up, then what a visit asks on a phone: pages, presses, words and screens, in Chromium in four languages; minutes"
	@echo "make fuzz         set up, then broken input until something breaks (FUZZ=\"form 600\"; guided by coverage after: .venv/bin/pip install atheris)"
	@echo "make mutants      set up, then change lines of ours, one at a time, and list the changes that no test sees (half an hour and more)"
	@echo "make pins         renew requirements/ after a change of pyproject.toml (PINS=--upgrade: the newest of everything)"
	@echo "make release      set up, then wheel, source archive, list of materials and checksums of the tagged commit (RELEASE=--rehearse: of any commit; RELEASE=\"--sign KEY\": sign them)"
	@echo "make clean        remove what the other commands made here: .venv, practice, caches"
