# Needs python3 (3.11 or later, with venv) and make, nothing else. Neither root nor an answer is asked for.
#
#   make run     serve the demonstration partnership on http://localhost:8000
#                PORT=8080 another port; PARTNERSHIP=selcp the real partnership, or the path of a file
#   make test    every check; STRICT=1 counts a skipped test as a failure
#   make check   the quick loop: what can be told within a minute and a half
#   make bench   the headline figures, each beside a peer or a known answer
#   make docs    the documentation, in site/

PYTHON ?= python3
PORT ?= 8000
PARTNERSHIP ?= demonstration

SHELL := /bin/sh
.PHONY: run test check bench docs help
.DEFAULT_GOAL := help

help:
	@sed -n '2d; /^$$/q; s/^# \{0,1\}//p' Makefile

run:
	@exec $(PYTHON) scripts/setup.py run scripts/run.py --port "$(PORT)" --partnership "$(PARTNERSHIP)"

test:
	@exec $(PYTHON) scripts/setup.py test scripts/test.py $(if $(STRICT),--strict)

check:
	@exec $(PYTHON) scripts/setup.py test scripts/test.py --quick

bench:
	@exec $(PYTHON) scripts/setup.py test scripts/bench.py

docs:
	@exec $(PYTHON) scripts/setup.py test -m mkdocs build --strict --clean
