"""One test over every kind there is: a new one needs no test of its own."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from rihma.base.words import Words
from rihma.canvases import kinds

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PLAIN = (kinds.FOLDER / f"{kinds.names()[0]}.toml").read_text(encoding="utf-8")


def all_words(thing: object) -> Iterator[Words]:
    if isinstance(thing, Words):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from all_words(part)
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from all_words(getattr(thing, name))


@pytest.mark.parametrize("name", kinds.names())
def test_kind_is_whole(name: str) -> None:
    kind = kinds.find(name)
    assert kind is not None
    assert list(kinds.problems(kind)) == []
    assert [words for words in all_words(kind) if words.missing(*LANGUAGES)] == []
    for language in LANGUAGES:
        names = [zone.name[language] for zone in kind.zones]
        assert len(set(names)) == len(names)
    assert kind.licence
    assert 5 <= kind.minutes <= 240


@pytest.mark.parametrize("name", kinds.names())
def test_kind_shows_each_zone_by_its_own_tint_and_shape(name: str) -> None:
    kind = kinds.find(name)
    assert kind is not None
    for sign in ("tint", "shape"):
        used = [getattr(zone, sign) for zone in kind.zones]
        assert len(set(used)) == len(used)


@pytest.mark.parametrize("name", kinds.names())
def test_each_value_of_a_scale_has_words(name: str) -> None:
    kind = kinds.find(name)
    assert kind is not None
    for field in (field for item in kind.items for field in item.fields):
        assert 0 <= field.default <= 100
        assert [field.word(step.at) for step in field.steps] == [step.name for step in field.steps]


def test_kind_that_is_not_there_is_not_found() -> None:
    assert kinds.find("no_such") is None
    assert kinds.find("../kinds") is None


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("[name]", "[nome]", "'name' is missing"),
        ("version = 1", "version = 'x'", "invalid literal"),
        ("version = 1", "version =", "Invalid value"),
        ('sv = "Antagandekarta"', "", "name lacks sv"),
        ('layout = "plane"', 'layout = "cube"', "no layout 'cube'"),
        ('tint = "moss"', 'tint = "gold"', "zone 'wanted': no tint 'gold'"),
        ('shape = "circle"', 'shape = "blob"', "zone 'wanted': no shape 'blob'"),
        ('key = "able"', 'key = "wanted"', "zone 'wanted' stands twice"),
        ('key = "able"', 'key = "Able!"', "zone 'Able!' is no plain lower-case word"),
        ('type = "scale"', 'type = "mood"', "field 'importance': no type 'mood'"),
        ('field = "evidence"', 'field = "luck"', "plane: item 'assumption' has no field 'luck'"),
        ("{ at = 25,", "{ at = 99,", "field 'importance': steps go upward"),
    ],
)
def test_file_that_cannot_be_says_where_it_is_wrong(was: str, becomes: str, says: str) -> None:
    assert was in PLAIN
    with pytest.raises(kinds.BadKind) as bad:
        kinds.read("example", PLAIN.replace(was, becomes, 1))
    assert str(bad.value).startswith("example: ")
    assert says in str(bad.value)
