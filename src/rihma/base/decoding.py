"""Text out of the bytes of a file that somebody saved somewhere."""

import codecs

# Some spreadsheets never write the mark of UTF-16, so a file with so many zeros counts as that.
TWO_A_LETTER = 0.2
SAMPLE = 2000


def decode(file: bytes) -> str:
    """What a spreadsheet wrote, in whichever of the ways that they have."""
    if file.startswith(codecs.BOM_UTF8):
        return file.decode("utf-8-sig", "replace")
    if file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return file.decode("utf-16", "replace")
    zeros = file[:SAMPLE].count(0)
    if zeros > TWO_A_LETTER * len(file[:SAMPLE]):
        return file.decode("utf-16-le" if file[1:2] == b"\0" else "utf-16-be", "replace")
    for name in ("utf-8", "cp1252"):
        try:
            return file.decode(name)
        except UnicodeDecodeError:
            continue
    return file.decode("latin-1")
