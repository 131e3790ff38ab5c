"""The core team of one phenomenon.

Nouns: team, member, eligibility. Verbs: form, invite, join, leave, commit (to openness and to one experiment),
admit, mentor. A team exists from the first line of its application to the last lesson.
"""
