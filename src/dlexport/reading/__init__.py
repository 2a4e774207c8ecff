"""From files to one read-only collection."""
