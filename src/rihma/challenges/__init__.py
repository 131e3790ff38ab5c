"""Challenges of a call: what organisations want solved, posted in public, and what teams ask of them before they answer.

Nouns: challenge, poster (who may post for an organisation), enquiry. Verbs: let in, end; post, edit, publish, close,
withdraw; ask, answer. An application answers a challenge by a question of its form (`options.py`).
"""
