"""Kinds of canvas that a programme makes for itself: own kinds, each cut from one there is, and their editions.

Whoever runs the programme copies a kind, edits its words and zones, publishes an edition, retires it, takes it up again,
and brings it in or out as the same file that a kind of Rihma is.
"""
