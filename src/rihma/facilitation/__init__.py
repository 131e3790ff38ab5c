"""Working together on a canvas: votes, time and where to look.

Nouns: vote (a round in which each has so many dots), dots (what somebody laid on one item; says not who), timer, focus
(the zone that everybody is asked to look at). One of each a canvas at a time. Verbs: start, close and reopen a vote,
place and take a dot; start, extend and stop a timer; focus on a zone and end that.
"""
