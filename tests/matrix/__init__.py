"""The matrix: every address and every command, called as everybody, against the table of rights."""
