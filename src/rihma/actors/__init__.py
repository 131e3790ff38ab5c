"""Organisations of the ecosystem and who acts for them.

Nouns: organisation, affiliation. Verbs: name (find by name in any spelling, or add), join.
"""
