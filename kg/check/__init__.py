"""Curation rules: what the data must hold to beyond its form, one function a rule."""
