"""Publicity and records: what an authority owes to whoever asks, and to its archive.

Each application that arrives becomes a *case* with a register number. Its team *marks* parts that hold secrets, those who
run the programme *decide* on them, and a *redacted* copy leaves them out. Anybody may *ask* for documents without saying
who they are, and gets an *answer*. A case can be *taken out* whole for an archive, and what is kept for how long, the
programme says.
"""
