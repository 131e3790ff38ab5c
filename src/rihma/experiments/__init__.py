"""A bounded experiment that may fail honestly.

Nouns: experiment, plan (and its versions), observation, verdict, conclusion, decision. Verbs: draft, edit, make ready,
start (which locks the plan), amend, pause, resume, end, observe, conclude, decide, cancel. The verdict is counted from the
locked plan; the team's own conclusion stands beside it, and a decision must follow.
"""
