"""Which set of teams is best under hard limits: exactly, with the proof, and with what would change it.

Nouns: candidate, limit, wish, problem, answer. Verbs: find (the best set), list (the sets nearly as good), explain.
Knows neither Django nor the database, because it runs in a process of its own (`__main__.py`).
"""
