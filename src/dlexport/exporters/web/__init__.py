"""A study site of static pages."""
