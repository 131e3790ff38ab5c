"""Modules and style sheets with all that they import put into them, as browsers get them (docs/decisions/no-bundler.md).

In the repository, and in debugging, they are as they were written, and a browser follows their imports itself.
Only the few forms of import and export that our files use are understood; any other is an error, never a guess.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

# Only where a line begins, or where a type is said, because elsewhere it may be text in quotes.
JS_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
JS_TYPE = re.compile(r"/\*\* @type (?:(?!\*/)[^\n])*\*/ ?")
CSS_COMMENT = re.compile(r"/\*(?:(?!\*/).)*\*/", re.DOTALL)
INDENT = re.compile(r"\n\s+")
IMPORT = re.compile(r"""^import (?:\{([^}]*)\} from )?"(\.{1,2}/[^"]+)";$""", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
LATER = re.compile(r"""\bimport\("(\.{1,2}/[^"]+)"\)""")
OTHER = re.compile(r"^(?:import|export)\b(?!\()[^\n]*", re.MULTILINE)
SHEET = re.compile(r"""^@import (?:url\()?"([^"]+)"\)?(?: layer\(([\w.]+)\))?(?: (\w+))?;$""", re.MULTILINE)
URL = re.compile(r"""(?<!@import )url\("(?!data:|#|/)([^"]+)"\)""")

type Read = Callable[[str], str]


class NotUnderstood(Exception):
    """Says which file, and what in it."""


def joined(name: str, read: Read) -> str:
    """What a browser gets for the file of this name. `read` gives the text of each."""
    return sheet(name, read, name) if name.endswith(".css") else Parts(name, read).whole()


@dataclass
class Parts:
    """A module and those behind it, in the order in which a browser would run them.

    Each that is imported becomes a function that is called once, so that names of two never meet.
    """

    home: str
    read: Read
    done: dict[str, str] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)

    def whole(self) -> str:
        body = self.body(self.home)
        return "\n".join([*self.done.values(), body]) + "\n"

    def add(self, name: str) -> str:
        """How the module is called in the joined file."""
        if name in self.begun:
            raise NotUnderstood(f"{name} imports itself: {' → '.join(self.begun)}")
        if name not in self.done:
            body = self.body(name)
            given = ",".join(EXPORT.findall(body))
            self.done[name] = f"const ${len(self.done)}=(()=>{{\n{EXPORT.sub('', body)}\nreturn{{{given}}}\n}})();"
        return f"${list(self.done).index(name)}"

    def body(self, name: str) -> str:
        """The module, which takes what it imports from the parts before it."""
        self.begun.append(name)
        text = slim(JS_TYPE.sub("", JS_COMMENT.sub("", self.read(name))))
        if any(line.count("`") % 2 for line in text.splitlines()):
            raise NotUnderstood(f"{name}: text in backticks over several lines")
        text = IMPORT.sub(lambda found: self.taken(name, found[1], found[2]), text)
        text = LATER.sub(lambda found: f'import("{moved(found[1], name, self.home)}")', text)
        for other in OTHER.findall(EXPORT.sub("", text)):
            raise NotUnderstood(f"{name}: {other}")
        self.begun.pop()
        return text

    def taken(self, name: str, words: str | None, path: str) -> str:
        part = self.add(beside(name, path))
        return f"const {{{words.strip().replace(' as ', ': ')}}} = {part};" if words else ""


def sheet(name: str, read: Read, home: str) -> str:
    """Imports stand before all rules, so what they bring stands there too."""
    text = CSS_COMMENT.sub("", read(name))
    text = URL.sub(lambda found: f'url("{moved(found[1], name, home)}")', text)
    text = SHEET.sub(lambda found: wrapped(sheet(beside(name, found[1]), read, home), found[2], found[3]), text)
    if "@import" in text:
        raise NotUnderstood(f"{name}: an import of another form")
    return slim(text)


def wrapped(rules: str, layer: str | None, media: str | None) -> str:
    if layer:
        rules = f"@layer {layer} {{\n{rules}\n}}"
    return f"@media {media} {{\n{rules}\n}}" if media else rules


def slim(text: str) -> str:
    return INDENT.sub("\n", text).strip()


def beside(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def moved(path: str, name: str, home: str) -> str:
    """A path that was written in one file, as another must say it."""
    found = posixpath.relpath(beside(name, path), posixpath.dirname(home) or ".")
    return found if found.startswith(".") else f"./{found}"
