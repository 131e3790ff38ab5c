"""Rihma runs an ecosystem programme end to end, from the open call to lessons that stay public."""

__version__ = "0.1.0"
