"""The programme file: one TOML text that says everything a round needs (docs/programme-file.md).

Each area reads and writes its own tables through a `Section`; the list of sections stands in the settings.
"""

from rihma.programmes.file.mistakes import did_you_mean
from rihma.programmes.file.reading import BadFile, Checked, Quoted, as_text, check, check_tables, moved, quoted
from rihma.programmes.file.section import (
    Document,
    Lack,
    Path,
    Problem,
    Row,
    Section,
    Tables,
    check_local_time,
    lack_of,
    sections,
)
from rihma.programmes.file.writing import VERSION, tables_of, write

__all__ = [
    "VERSION",
    "BadFile",
    "Checked",
    "Document",
    "Lack",
    "Path",
    "Problem",
    "Quoted",
    "Row",
    "Section",
    "Tables",
    "as_text",
    "check",
    "check_local_time",
    "check_tables",
    "did_you_mean",
    "lack_of",
    "moved",
    "quoted",
    "sections",
    "tables_of",
    "write",
]
