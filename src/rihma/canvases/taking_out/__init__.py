"""A canvas as a file, at any moment, with what is on it: to read, to print, to count, and to bring in again.

`told` says what each file says of an item; the other modules write one form each; `forms` lists them.
"""
