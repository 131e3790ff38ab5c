"""Who is told what.

Noun: message, in an outbox that is written in the same transaction as the deed it tells of. Verbs: tell (a person),
post (a mail that another package wrote, such as a sign-in code), deliver.
A message exists in the reader's language, is sent after the commit, tried again when the mail server is away,
and never sent twice: where nobody can know whether the server took it, it is marked and left to a person.
"""
