"""The command line: what talks with people."""
