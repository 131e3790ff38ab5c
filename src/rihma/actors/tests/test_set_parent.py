import pytest

from rihma.actors import actions
from rihma.actors.families import kept
from rihma.actors.models import Organisation
from rihma.base.ids import new_id
from rihma.base.refused import Refused


def family(organisation: Organisation) -> object:
    return Organisation.objects.get(pk=organisation.pk).family


@pytest.fixture
def three() -> list[Organisation]:
    return [actions.name_organisation(name, kind="state_agency") for name in ("Emo", "Tytär", "Tyttärentytär")]


@pytest.mark.django_db
def test_those_with_the_same_topmost_parent_are_one_family(three: list[Organisation]) -> None:
    top, middle, low = three
    assert len({family(one) for one in three}) == 3
    actions.set_parent(low, middle)
    actions.set_parent(middle, top)
    assert len({family(one) for one in three}) == 1


@pytest.mark.django_db
def test_whoever_is_cut_off_is_a_family_of_their_own_again(three: list[Organisation]) -> None:
    top, middle, low = three
    actions.set_parent(low, middle)
    actions.set_parent(middle, top)
    actions.set_parent(middle, None)
    assert family(middle) == family(low) != family(top)


@pytest.mark.django_db
def test_nobody_becomes_a_part_of_their_own_part(three: list[Organisation]) -> None:
    top, middle, low = three
    actions.set_parent(low, middle)
    actions.set_parent(middle, top)
    for part in (top, middle, low):
        with pytest.raises(Refused):
            actions.set_parent(top, part)


def test_two_agencies_of_the_state_are_no_family_by_that() -> None:
    ministry, agency, other = (new_id() for _ in range(3))
    before = {one: one for one in (ministry, agency, other)}
    assert kept(before, {agency: [ministry]}).keys() | {ministry, agency} == {ministry, agency}
    assert kept(before, {}) == {}
