"""Writing alone on a canvas, and then showing it all at once, so that nobody writes after whoever wrote first.

Nouns: round (one a canvas at a time, about some zones), note (what somebody wrote in it; nobody else reads it until then).
Verbs: start, reveal and cancel a round; write, edit, remove and, where one found no room, place a note.
"""
