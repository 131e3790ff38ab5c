"""One test over every kind there is: a new one needs no test of its own."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from rihma.base.words import Words
from rihma.canvases import kinds

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PLAIN = (kinds.FOLDER / "assumption_map.toml").read_text(encoding="utf-8")


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
    assert [words for words in all_words(kind) if words and words.missing(*LANGUAGES)] == []
    for language in LANGUAGES:
        names = [zone.name[language] for zone in kind.zones]
        assert len(set(names)) == len(names)
    assert kind.licence
    assert 5 <= kind.minutes <= 240


@pytest.mark.parametrize("name", kinds.names())
def test_kind_shows_each_zone_by_its_own_sign(name: str) -> None:
    """Zones of one family may share a tint: the shape beside the name tells them apart, without colour too."""
    kind = kinds.find(name)
    assert kind is not None
    signs = [(zone.tint, zone.shape) for zone in kind.zones]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize("name", kinds.names())
def test_each_value_has_words(name: str) -> None:
    kind = kinds.find(name)
    assert kind is not None
    for field in (field for item in kind.items for field in item.fields):
        assert field.takes(field.default)
        if isinstance(field, kinds.Scale):
            assert [field.word(step.at) for step in field.steps] == [step.name for step in field.steps]
        if isinstance(field, kinds.Choice):
            assert [field.word(option.key) for option in field.options] == [option.name for option in field.options]


def test_ten_kinds_stand_in_the_order_of_their_use() -> None:
    assert [kind.turn for kind in kinds.every()] == list(range(1, 11))
    assert len({kind.layout for kind in kinds.every()}) == 7


def test_nothing_but_its_own_file_names_a_kind() -> None:
    """What one canvas is like stands in its file. Only tests and the data of the demo may ask for one by name."""
    package = kinds.FOLDER.parent.parent
    own = {kinds.FOLDER}
    told = {"tests", "demo", "migrations", "locale"}
    naming = [
        str(path.relative_to(package))
        for path in package.rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css", ".toml", ".txt", ".svg"}
        and path.parent not in own
        and not told & set(path.relative_to(package).parts)
        and any(re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")) for name in kinds.names())
    ]
    assert naming == []


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
        ('layout = "plane"', 'layout = "columns"', "'columns' is missing"),
        ("version = 1", "version = 2", "version 2 needs an upgrade from each version before it"),
        ('tint = "moss"', 'tint = "moss"\nfits = 9\nmost = 3', "zone 'wanted': more fit than it takes"),
        ('tint = "moss"', 'tint = "moss"\nadmits = ["note"]', "zone 'wanted': no item 'note'"),
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
