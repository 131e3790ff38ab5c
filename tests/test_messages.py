"""tools/messages.py keeps translations in step with what the code says, and loses none."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages
from tools.catalogues import po_path, read
from tools.extraction import ExtractionError, Phrase, in_python, in_template, phrases_of

PAGE = """{% load i18n %}{% translate "Open" context "a call" %}{# _("not this") #}{{ x|default:_("Nobody") }}
{% blocktranslate trimmed count n=n %}
  {{ n }} seat of 50 %
  {% plural %}
  {{ n }} seats of 50 %
{% endblocktranslate %}"""
CODE = b'_("Submit")\nngettext("%(n)s day", "%(n)s days", n)\npgettext_lazy("verb", "Open")\n_(text)\n'


@pytest.fixture
def area(tmp_path: Path) -> Path:
    folder = tmp_path / "calls"
    (folder / "templates/calls").mkdir(parents=True)
    (folder / "views.py").write_bytes(CODE)
    return folder


def translate(area: Path, text: str, translation: str) -> None:
    path = po_path(area, "fi")
    said = path.read_text(encoding="utf-8")
    path.write_text(
        said.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"'), encoding="utf-8"
    )


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "src/rihma")


def test_template_gives_its_strings_as_django_looks_them_up() -> None:
    plural = Phrase("%(n)s seat of 50 %%", "%(n)s seats of 50 %%")
    assert set(in_template(PAGE)) == {Phrase("Open", context="a call"), Phrase("Nobody"), plural}


def test_python_gives_literal_strings_only() -> None:
    found = {Phrase("Submit"), Phrase("%(n)s day", "%(n)s days"), Phrase("Open", context="verb")}
    assert set(in_python(CODE)) == found


def test_file_that_cannot_be_read_leaves_the_translations_alone(area: Path) -> None:
    messages.merge(area, drop=True)
    before = po_path(area, "fi").read_text(encoding="utf-8")
    (area / "forms.py").write_text("def half(")
    (area / "views.py").unlink()
    with pytest.raises(ExtractionError):
        phrases_of(area)
    assert (messages.merge(area, drop=True), po_path(area, "fi").read_text(encoding="utf-8")) == (1, before)


@pytest.mark.parametrize(("drop", "kept"), [(True, None), (False, "Lähetä")])
def test_unused_translation_goes_only_when_its_area_is_named(area: Path, drop: bool, kept: str | None) -> None:
    messages.merge(area, drop=True)
    translate(area, "Submit", "Lähetä")
    (area / "views.py").write_text('_("Other")')
    messages.merge(area, drop=drop)
    message = read(po_path(area, "fi"), "fi").get("Submit")
    assert (message.string if message else None) == kept


def test_merging_twice_changes_nothing(area: Path) -> None:
    messages.merge(area, drop=True)
    translate(area, "Submit", "Lähetä")
    messages.merge(area, drop=True)
    once = po_path(area, "fi").read_bytes()
    messages.merge(area, drop=True)
    assert po_path(area, "fi").read_bytes() == once


def test_missing_unused_and_broken_translations_are_told() -> None:
    catalog = Catalog(locale="fi")
    catalog.add("Gone", "Poissa")
    catalog.add("By %(name)s", "Tekijä %(nimi)s")
    catalog.add("<b>Bold</b>", "Lihava")
    phrases = {Phrase("By %(name)s"), Phrase("<b>Bold</b>"), Phrase("New")}
    assert list(messages.problems(catalog, phrases)) == [
        "“New” has no translation",
        "“Gone” is no longer used (tools/messages.py AREA drops it)",
        "“By %(name)s” → “Tekijä %(nimi)s”: placeholders differ",
        "“<b>Bold</b>” → “Lihava”: tags differ",
    ]


def test_singular_may_leave_the_number_out() -> None:
    catalog = Catalog(locale="fi")
    catalog.add(("%(n)s day", "%(n)s days"), ("%(n)s päivä", "%(n)s päivää"))
    catalog.add(("One seat", "%(n)s seats"), ("Yksi paikka", "%(n)s paikkaa"))
    phrases = {Phrase("%(n)s day", "%(n)s days"), Phrase("One seat", "%(n)s seats")}
    assert list(messages.problems(catalog, phrases)) == []


def test_one_string_said_in_two_ways_is_told(area: Path, tmp_path: Path) -> None:
    other = tmp_path / "teams"
    other.mkdir()
    (other / "views.py").write_text('_("Submit")')
    for folder, said in ((area, "Lähetä"), (other, "Jätä")):
        messages.merge(folder, drop=True)
        translate(folder, "Submit", said)
    told = [problem for problem in messages.all_problems([area, other]) if "more than one way" in problem]
    assert told == [
        "fi: “Submit” is said in more than one way: 'Lähetä' in calls; 'Jätä' in teams (use the same words, or a context)"
    ]
