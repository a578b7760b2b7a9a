"""A real PostgreSQL for the tests, from the programs that a Python package carries: nothing is installed as root."""
