"""How submitted applications are read: by whom, by which measure, and what each reader found.

Nouns: reviewing (of one call), juror, assignment, conflict, review, remark. Verbs: set (how it goes), assign, release,
begin and close (the reviewing), declare (a conflict), save, send and reopen (a review), remark.
"""
