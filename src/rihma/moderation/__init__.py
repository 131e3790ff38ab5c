"""Moderation: words on a canvas that should not be there.

Whoever sees a canvas may *flag* an item, a comment or a file: nobody reads it from then on. Who runs the programme looks
at each flag and either *shows* the thing again or *erases* it, and may *erase* all that one writer wrote.
"""
