"""Pieces of the page that move: one folder each, with its script and style."""
