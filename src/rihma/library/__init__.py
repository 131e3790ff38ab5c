"""What stays public.

Nouns: lesson (of one experiment, also of one that failed), lecture. Verbs: draft, edit, publish, withdraw.
"""
