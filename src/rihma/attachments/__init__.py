"""Attachments: photos, scans and PDFs that stand at a zone or an item of a canvas.

Whoever may write on the canvas may *attach* and *describe* one; its author, or who runs the programme, may *remove* it.
Its bytes stand below RIHMA_DATA under a random name, and whoever may see the canvas may see them.
"""
