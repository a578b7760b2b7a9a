"""Plain values and rules of the estate; usable as a library, without a database."""
