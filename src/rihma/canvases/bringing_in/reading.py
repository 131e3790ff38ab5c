"""A text cut into rows and cells. Pure: no database, no request."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

TAB, SEMICOLON, COMMA, LINES, DATA = "tab", "semicolon", "comma", "lines", "data"
SIGNS = {TAB: "\t", SEMICOLON: ";", COMMA: ","}

BULLET = re.compile(r"\s*(?:[•·‣◦▪▫●○■□◆◇►▶➢➤✓✔❖§o*+–—\-\uf0b7\uf0a7\uf0d8](?:\s+|$)|\[[ xX]?\]\s+|[☐☑☒]\s*)")
NUMBER = re.compile(r"\s*\(?(?:(?:\d{1,3}\.)*(?P<last>\d{1,3})[.)]|[A-Za-zÅÄÖåäö]\)|[ivxIVX]{1,5}\))\s+")
QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"(?=[{sign}\r\n]|\Z)'
PLAIN = r"[^{sign}\r\n]*"
END_OF_ROW = re.compile(r"\r\n|\r|\n")
SAMPLE = 2000


def form_of(text: str, *, from_file: bool) -> str:
    """How a text seems to be made: only a file is taken for one with commas, since people write them in sentences."""
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return DATA
    unbulleted = "\n".join(lines(text))
    if "\t" in unbulleted:
        return TAB
    counts = {form: _columns(text, form) for form in (SEMICOLON, COMMA)} if from_file else {}
    best = max(counts, key=lambda form: counts[form], default=LINES)
    return best if counts.get(best, 0) > 1 else LINES


def _columns(text: str, form: str) -> int:
    """How many there are in every row, or 1 where the rows do not agree."""
    lengths = {len(row) for row in cells(text[:SAMPLE].rpartition("\n")[0] or text[:SAMPLE], form)}
    return lengths.pop() if len(lengths) == 1 else 1


def rows(text: str, form: str) -> list[list[str]]:
    """Without those in which nothing stands."""
    text = text.removeprefix("\ufeff")
    found = cells(text, form) if form in SIGNS else ([line] for line in lines(text))
    return [row for row in found if any(cell.strip() for cell in row)]


def cells(text: str, form: str) -> Iterator[list[str]]:
    """Cells may stand in quotation marks and then hold line breaks; a mark that nothing closes is only a mark."""
    sign = SIGNS[form]
    quoted, plain = (re.compile(pattern.replace("{sign}", re.escape(sign))) for pattern in (QUOTED, PLAIN))
    row: list[str] = []
    at = 0
    while at <= len(text):
        found = quoted.match(text, at)
        if found and (form != TAB or _must_be_quoted(found[1], sign)):
            row.append(found[1].replace('""', '"'))
        else:
            found = plain.match(text, at)
            row.append(found[0] if found else "")
        at = found.end() if found else at
        if text[at : at + 1] == sign:
            at += 1
            continue
        end = END_OF_ROW.match(text, at)
        yield row
        row = []
        if end is None or end.end() == len(text):
            return
        at = end.end()


def _must_be_quoted(content: str, sign: str) -> bool:
    """On the clipboard a spreadsheet quotes only what needs it: other quotation marks are people's own."""
    return sign in content or '""' in content or bool(END_OF_ROW.search(content))


def lines(text: str) -> Iterator[str]:
    """Each line of a list without its sign; numbers go only where they begin with one, since dates have numbers too."""
    found = [_without(BULLET, line).rstrip() for line in END_OF_ROW.split(text)]
    numbered = [match for line in found if (match := NUMBER.match(line))]
    is_list = len(numbered) > 1 and numbered[0]["last"] in (None, "1")
    yield from (_without(NUMBER, line) if is_list else line for line in found)


def _without(sign: re.Pattern[str], line: str) -> str:
    found = sign.match(line)
    return line[found.end() :] if found else line


def written(table: Iterable[Sequence[str]], form: str) -> str:
    """Rows as a text from which `rows` reads the same."""
    if form not in SIGNS:
        return "\n".join(" ".join(row) for row in table)
    file = io.StringIO()
    csv.writer(file, delimiter=SIGNS[form], lineterminator="\n").writerows(table)
    return file.getvalue()
