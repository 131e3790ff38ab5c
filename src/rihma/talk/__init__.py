"""What people say about what stands on a canvas.

A *comment* is a plain text on one item; the first and its *answers* are a *thread*, which is resolved or open again. A
*reaction* is one of five words on an item. Whoever is named in a comment is *told* by mail. Verbs: comment, edit,
remove, resolve, reopen, react, take back.
"""
