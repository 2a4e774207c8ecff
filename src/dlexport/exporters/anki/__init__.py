"""Anki packages. The format's own words (model, guid, apkg) stay inside this folder."""
