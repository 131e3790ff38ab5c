"""A team's answer to an open call.

Nouns: application, receipt. Verbs: start, save (a draft, as it is typed), submit, withdraw.
"""
