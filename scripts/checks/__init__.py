"""The steps of `make test`, and how one is run and judged."""
