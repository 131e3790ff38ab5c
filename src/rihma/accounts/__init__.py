"""A person, and how they sign in.

Nouns: person, sign-in code, API token. Verbs: invite (a person who has not signed in yet), ask for a code, enter it,
sign out, sign out everywhere, name oneself, issue and revoke a token.
"""
