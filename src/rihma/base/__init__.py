"""What every area stands on and no area owns.

A rule that says no (`Refused`), text in several languages (`Words`), the clock, forms, slots and
the layout of a page. No noun of the domain lives here.
"""
