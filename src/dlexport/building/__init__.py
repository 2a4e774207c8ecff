"""A build from start to end: read, check, export, write."""
