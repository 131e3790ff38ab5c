"""An open call: what is asked, of whom, and until which instant.

Nouns: call, question, criterion, amendment. Verbs: create and edit (its texts), add, edit, move and remove (questions,
criteria), set (rules), move (the closing instant; `applications` tells those who have begun).
"""
