"""Answers as things to look at: shapes, layouts, pictures, cards, tables and numbers, without any UI library."""
