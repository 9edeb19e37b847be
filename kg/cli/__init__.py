"""Thin commands: each reads its arguments, calls one function of a lower floor, and prints what came back."""
