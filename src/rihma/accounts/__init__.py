"""A person, and how they sign in.

Nouns: person, API token. Verbs: invite (a person who has not signed in yet), name oneself, issue and revoke a token.
"""
