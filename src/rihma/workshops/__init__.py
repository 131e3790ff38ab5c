"""The programme's meetings.

Nouns: workshop, seat, RSVP (a person's answer), calendar feed. Verbs: plan, edit, move, cancel, ask, answer, renew (a feed).
Seats of the room are shared by teams: ⌊seats / teams⌋ are held for each team, the rest go in order of arrival to whoever
comes, people without a team (mentors and those who run the programme) among them. Everybody in the room counts.
"""
