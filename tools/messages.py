"""Keeps the Finnish and Swedish of each area in step with what its code says, without system gettext.

tools/messages.py AREA…       find strings, merge into locale/{fi,sv}, drop what is no longer used, compile
tools/messages.py             the same for every area, but drop nothing: others may be in the middle of a change
tools/messages.py --check     change nothing; exit 1 with a list of what is missing or broken
tools/messages.py --compile   only make the .mo files
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from tools.catalogues import LANGUAGES, compile_area, po_path, read
from tools.extraction import ExtractionError, Phrase, phrases_of

PACKAGE = Path(__file__).resolve().parent.parent / "src/rihma"
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z]+")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", metavar="AREA")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="list what is missing or broken")
    only.add_argument("--compile", action="store_true", help="only make the .mo files")
    asked = parser.parse_args(arguments)
    areas = [PACKAGE / name for name in asked.areas] or sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
    unknown = [area.name for area in areas if not area.is_dir()]
    if unknown:
        parser.error(f"no such area: {', '.join(unknown)}")
    if asked.check:
        problems = list(all_problems(areas))
        print("\n".join(problems) or "Every string has its Finnish and Swedish.")
        return 1 if problems else 0
    if not asked.compile:
        return max(merge(area, drop=bool(asked.areas)) for area in areas)
    for area in areas:
        compile_area(area)
    return 0


def merge(area: Path, *, drop: bool) -> int:
    try:
        phrases = phrases_of(area)
    except ExtractionError as error:
        print(f"{area.name}: left as it was, a file cannot be read: {error}", file=sys.stderr)
        return 1
    for language in LANGUAGES:
        path = po_path(area, language)
        old = read(path, language)
        new = merged(old, phrases, language, drop=drop)
        if len(new):
            write(path, new, language)
        else:
            path.unlink(missing_ok=True)
        open_ones = sum(not is_translated(message) for message in new if message.id)
        if open_ones:
            print(
                f"{area.name}/{language}: {open_ones} of {len(new)} to translate in {path.relative_to(PACKAGE.parents[1])}"
            )
    compile_area(area)
    return 0


def merged(old: Catalog, phrases: set[Phrase], language: str, *, drop: bool) -> Catalog:
    """What is translated stays as it is; nothing is guessed from a similar string."""
    new = Catalog(locale=language, domain="django")
    for phrase in sorted(phrases, key=lambda phrase: (phrase.text, phrase.context or "")):
        known = old.get(phrase.text, phrase.context)
        translation = known.string if known and bool(phrase.plural) == isinstance(known.id, tuple) else None
        msgid = (phrase.text, phrase.plural) if phrase.plural else phrase.text
        comments = known.user_comments if known else ()
        new.add(msgid, translation, context=phrase.context, user_comments=comments)
    if not drop:
        for message in old:
            if message.id and new.get(singular(message), message.context) is None:
                new.add(message.id, message.string, context=message.context, user_comments=message.user_comments)
    return new


def write(path: Path, catalog: Catalog, language: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        # Line numbers would make every change of code a change of translations.
        write_po(file, catalog, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)


def all_problems(areas: Sequence[Path]) -> Iterator[str]:
    said: dict[tuple[str, str, str | None], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for area in areas:
        try:
            phrases = phrases_of(area)
        except ExtractionError as error:
            yield f"{area.name}: {error}"
            continue
        for language in LANGUAGES:
            catalog = read(po_path(area, language), language)
            yield from (f"{area.name}/{language}: {problem}" for problem in problems(catalog, phrases))
            for message in catalog:
                if message.id and is_translated(message):
                    said[language, singular(message), message.context][str(message.string)].append(area.name)
    for (language, text, _context), translations in said.items():
        if len(translations) > 1:
            # Django keeps one catalogue for all areas, so one of the two would silently be shown in both places.
            where = "; ".join(f"{translation!r} in {', '.join(names)}" for translation, names in translations.items())
            yield f"{language}: “{text}” is said in more than one way: {where} (use the same words, or a context)"


def problems(catalog: Catalog, phrases: set[Phrase]) -> Iterator[str]:
    used = {(phrase.text, phrase.context) for phrase in phrases}
    for phrase in sorted(phrases, key=lambda phrase: (phrase.text, phrase.context or "")):
        message = catalog.get(phrase.text, phrase.context)
        if message is None or not is_translated(message):
            yield f"“{phrase.text}”{f' ({phrase.context})' if phrase.context else ''} has no translation"
    for message in catalog:
        if not message.id:
            continue
        if (singular(message), message.context) not in used:
            yield f"“{singular(message)}” is no longer used (tools/messages.py AREA drops it)"
        elif is_translated(message):
            yield from broken(message)


def broken(message: Message) -> Iterator[str]:
    """A placeholder or a tag that the translation lost, added or misspelt."""
    originals, translations = forms(message.id), forms(message.string)
    for number, translation in enumerate(translations):
        for pattern, what in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
            there = sorted(pattern.findall(translation))
            # "One day" may leave the number out where "%(n)s days" cannot.
            allowed = [sorted(pattern.findall(original)) for original in (originals if number == 0 else originals[-1:])]
            if there not in allowed:
                yield f"“{singular(message)}” → “{translation}”: {what} differ"


def singular(message: Message) -> str:
    return forms(message.id)[0]


def is_translated(message: Message) -> bool:
    return all(forms(message.string)) and not message.fuzzy


def forms(said: str | Sequence[str] | None) -> list[str]:
    """The singular and, where there is one, the plural."""
    return [said or ""] if isinstance(said, str | None) else list(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
