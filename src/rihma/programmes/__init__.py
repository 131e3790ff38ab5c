"""One round of an ecosystem programme.

Nouns: programme, theme, phase, role. Verbs: create, edit, publish, close, copy, appoint; and the programme file,
of which each area reads and writes its own part.
"""
