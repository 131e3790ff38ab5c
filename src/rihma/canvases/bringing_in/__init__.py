"""Words from elsewhere onto a canvas: rows of a spreadsheet, lists of a document, a CSV file, or data of our own.

`reading` cuts a text into cells, `heads` says what each column holds, `values` what a cell means, `rows` and `data` plan
what would be added and why some of it would not, `carrying_out` does it.
"""
