"""Organisations of the ecosystem and who acts for them.

Nouns: organisation, spelling, affiliation. Verbs: name (find by name in any spelling, or add), join, add, edit, rename,
end, merge (two rows that were one body).
"""
