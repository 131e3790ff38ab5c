import re

NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Without what no XML can hold, whatever stands in the database."""
    return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
