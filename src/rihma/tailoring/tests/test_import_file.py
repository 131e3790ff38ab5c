import pytest

from rihma.canvases import kinds
from rihma.programmes.file import BadFile
from rihma.programmes.models import Programme
from rihma.tailoring import actions
from rihma.tailoring.models import OwnKind
from rihma.tailoring.tests.conftest import ClientOf, address, of
from tests.conftest import Cast

PLAIN = kinds.text_of("assumption_map")


@pytest.mark.parametrize("name", kinds.names())
def test_each_file_that_comes_with_rihma_can_be_brought_in(name: str, programme: Programme, cast: Cast) -> None:
    own = actions.import_file(programme, kinds.text_of(name).encode(), by=cast["owner"])
    there = kinds.shipped(name)
    assert there is not None
    assert (own.kind.zones, own.kind.items, own.kind.drawing) == (there.zones, there.items, there.drawing)


def test_file_that_goes_out_comes_in_the_same(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    sent = client_of(cast["owner"]).get(of(own, "export"))
    assert sent["Content-Disposition"] == f'attachment; filename="{own.key}.toml"'
    assert actions.import_file(own.programme, sent.content, by=cast["owner"]).draft == own.draft
    # as good as one that comes with Rihma
    assert kinds.read("example", sent.content.decode()).zones == own.kind.zones


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("minutes = 60", "minutes = 999", "Line 4: minutes: 999 is too big. The most is 240."),
        ("minutes = 60", "minuets = 60", "Line 4: minuets: There is no key “minuets” here. Did you mean “minutes”?"),
        ('tint = "moss"', 'tint = "moos"', "zones[1].tint: “moos” is not one of the choices. Did you mean “moss”?"),
        (
            'key = "able"',
            'key = "wanted"',
            "zones[2].key: The key “wanted” stands twice. Give one of them another key.",
        ),
        ('layout = "plane"', 'layout = "chain"', "layout: “chain” is missing. Add a table [chain]."),
        ('field = "evidence"', 'field = "luck"', "The drawing needs a field “luck” of what stands here."),
        ("version = 1", "version =", "Line 2: The value cannot be read."),
        ("version = 1", "version = 2", "Line 2: version: Version 2 needs an upgrade from each version before it."),
        (
            'sv = "Antagandekarta"',
            'se = "Antagandekarta"',
            "name.se: There is no key “se” here. These are known: fi, sv, en.",
        ),
    ],
)
def test_mistake_is_told_with_its_line_and_what_to_do(
    was: str, becomes: str, says: str, programme: Programme, cast: Cast
) -> None:
    assert was in PLAIN
    with pytest.raises(BadFile) as bad:
        actions.import_file(programme, PLAIN.replace(was, becomes, 1).encode(), by=cast["owner"])
    assert any(says in str(problem) for problem in bad.value.problems), [str(one) for one in bad.value.problems]
    assert OwnKind.objects.count() == 0


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"", b"x" * (1024 * 1024 + 1), b"[zones]\nkey = 1", b"zones = 3\nitems = {}"]
)
def test_whatever_comes_is_told_and_never_breaks(data: bytes, programme: Programme, cast: Cast) -> None:
    with pytest.raises(BadFile) as bad:
        actions.import_file(programme, data, by=cast["owner"])
    assert bad.value.problems


def test_text_with_mistakes_stays_on_the_page(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    broken = PLAIN.replace("minutes = 60", "minutes = 999")
    page = client.post(address("import_file", programme.slug), {"text": broken})
    assert "999 is too big" in page.text
    assert page.context["form"]["text"].value() == broken
    answer = client.post(address("import_file", programme.slug), {"text": PLAIN})
    assert answer["Location"] == OwnKind.objects.get().get_absolute_url()
