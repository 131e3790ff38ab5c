"""An open call: what is asked, of whom, and until which instant.

Nouns: call, question, criterion. Verbs: open (a call of a published programme), move (the closing instant).
"""
