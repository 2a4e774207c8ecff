"""One parsed text, rendered for each target in the target's own way."""
