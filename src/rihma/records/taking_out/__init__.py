"""A whole case as files for an archive: data, papers that are read for decades, and a list of digests.

`told` says what is in a case; `paper` writes it as PDF; `archive` puts the files into one stream. Nothing in them says when
they were taken out, so the same case gives the same bytes.
"""
