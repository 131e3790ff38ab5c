"""Invitations to a call: who may apply where not everybody may, asked one by one by mail, and what they answered.

Nouns: invitation. Verbs: invite, remind, revoke; show, accept, decline; begin (asked by `applications` when one starts).
"""
