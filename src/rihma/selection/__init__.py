"""Which teams are taken into a programme, and why.

Nouns: decision, announcement. Verbs: decide (nobody is told yet), announce (everybody is told at once).
"""
