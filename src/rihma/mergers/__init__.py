"""Mergers: two teams that applied about the same thing become one.

Whoever runs the programme proposes which application goes on; nothing happens before both conveners have agreed, and the
history of both stays.
"""
