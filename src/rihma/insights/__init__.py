"""What those who run a programme need to see across its areas.

Reads only. Noun: standing (of a team). Nothing here ranks teams: rows that need somebody come first, and say why.
"""
