"""What happened, append-only and hash-chained.

Nouns: chain (one a programme), event. Verb: record. Each event holds the hash of the one before it, so a row
changed or taken away later shows to anybody who holds a later hash.
"""
