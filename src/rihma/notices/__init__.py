"""Who is told what.

Noun: message, in an outbox that is written in the same transaction as the deed it tells of. Verbs: tell, deliver.
A message exists in the reader's language, is sent after the commit, tried again when the mail server is away,
and never sent twice.
"""
