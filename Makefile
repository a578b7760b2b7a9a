# Needs python3 (3.11 or later, with venv) and make, nothing else. Neither root nor an answer is asked for.
#
#   make run     serve the demonstration partnership on http://localhost:8000
#                PORT=8080 another port; PARTNERSHIP=selcp the real partnership, or the path of a file
#   make test    every check
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
	@sed -n '2,$$ s/^# \{0,1\}//p; /^$$/q' Makefile

run:
	@$(PYTHON) scripts/setup.py run
	@exec .venv/bin/python scripts/run.py --port "$(PORT)" --partnership "$(PARTNERSHIP)"

test:
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python scripts/test.py

check:
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python scripts/test.py --quick

bench:
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/python scripts/bench.py

docs:
	@$(PYTHON) scripts/setup.py test
	@exec .venv/bin/mkdocs build --strict --clean
