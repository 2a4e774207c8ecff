"""What to learn in which order: prerequisites, plans over days, maps."""
