"""Strict reading and canonical writing of the data files."""
