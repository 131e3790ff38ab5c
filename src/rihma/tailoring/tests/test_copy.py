import pytest

from rihma.base.refused import Refused
from rihma.canvases import kinds
from rihma.history.models import Event
from rihma.programmes.models import Programme
from rihma.tailoring import actions
from rihma.tailoring.models import OwnKind
from rihma.tailoring.tests.conftest import ClientOf, address, text_of
from tests.conftest import Cast


@pytest.mark.django_db
@pytest.mark.parametrize("name", kinds.names())
def test_copy_says_what_the_original_says(name: str, programme: Programme, cast: Cast) -> None:
    own = actions.copy(programme, name, by=cast["owner"])
    there = kinds.shipped(name)
    assert there is not None
    assert (own.kind.zones, own.kind.items, own.kind.drawing) == (there.zones, there.items, there.drawing)
    assert (own.copied_from, own.copied_version, own.state) == (name, there.version, "draft")


def test_key_never_meets_one_that_comes_with_rihma(own: OwnKind) -> None:
    assert own.key.startswith("own-")
    assert kinds.shipped(own.key) is None


def test_copy_of_what_is_not_there_is_refused(programme: Programme, cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.copy(programme, "no_such", by=cast["owner"])


def test_draft_is_found_by_nobody_but_its_pages(own: OwnKind, client_of: ClientOf, cast: Cast) -> None:
    assert kinds.find(own.key) is None
    assert kinds.beside().of_programme(own.programme_id) == []
    assert client_of(cast["owner"]).get(f"/en/canvases/kinds/{own.key}/blank.svg").status_code == 404


def test_owner_copies_in_pages(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    assert "None yet" in text_of(client.get(address("list", programme.slug)))
    answer = client.post(address("copy", programme.slug, "phenomenon_map"))
    own = OwnKind.objects.get()
    assert answer["Location"] == own.get_absolute_url()
    assert "Phenomenon map" in text_of(client.get(address("list", programme.slug)))
    assert Event.objects.get(area="tailoring").verb == "copied"


def test_team_and_strangers_find_no_page(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    for role in ("convener", "mentor", "outsider"):
        client = client_of(cast[role])
        assert client.get(address("list", own.programme.slug)).status_code == 404
        assert client.get(own.get_absolute_url()).status_code == 404
