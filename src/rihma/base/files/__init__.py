"""Files that people send: looked into before anything of them is kept, and given back so that they can do nothing.

`kinds` says what a file is by its bytes; `looking` has it taken apart by a process that may fail (`examine`); `store` keeps
its bytes; `sending` gives them to a browser. Whose a file is and who may read it is for the area that keeps its row.
"""
