import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.accounts.models import Person
from rihma.actors import actions, likeness
from rihma.actors.models import Organisation
from rihma.actors.queries import alike, called, suspected
from rihma.actors.tests.conftest import Named
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event


@pytest.mark.django_db
def test_all_that_pointed_at_the_duplicate_points_at_the_other(named: Named, keeper: Person) -> None:
    gone, stays, part, top = named("Saarnila"), named("Saarnilan kaupunki"), named("Saarnilan satama"), named("Liitto")
    other = Person.objects.create_user("elli@rekisteri.example")
    first = actions.join(gone, by=keeper).since
    for who, where in ((keeper, stays), (other, gone)):
        actions.join(where, by=who)
    actions.edit(gone, names=Words(en="Saarnila City"), region="lappi", business_id="1234567-1", parent=top, by=keeper)
    actions.set_parent(part, gone)
    actions.merge(gone, stays, by=keeper)
    stays.refresh_from_db()
    assert {one.person: one.since for one in stays.affiliations.all()}.keys() == {keeper, other}
    assert stays.affiliations.get(person=keeper).since == first
    assert (stays.region, stays.business_id, stays.parent, list(stays.parts.all())) == (
        "lappi",
        "1234567-1",
        top,
        [part],
    )
    assert {called(name) for name in ("Saarnila", "saarnila city", "Saarnilan kaupunki")} == {stays}
    assert Organisation.objects.get(pk=gone.pk).same_as == stays
    assert (
        Event.objects.get(thread=gone.pk, verb="merged").data == Event.objects.get(thread=stays.pk, verb="merged").data
    )


@pytest.mark.django_db
def test_duplicate_that_was_its_parent_leaves_it_without_one(named: Named, keeper: Person) -> None:
    gone, stays = named("Saarnila"), named("Saarnilan kaupunki")
    actions.set_parent(stays, gone)
    actions.merge(gone, stays, by=keeper)
    stays.refresh_from_db()
    assert stays.parent is None


@pytest.mark.django_db
def test_two_with_different_ids_are_two(named: Named, keeper: Person) -> None:
    one, other = named("Yksi"), named("Kaksi")
    for body, number in ((one, "1234567-1"), (other, "0123456-2")):
        actions.edit(body, names=Words(), business_id=number, by=keeper)
    with pytest.raises(Refused, match="different business ids"):
        actions.merge(one, other, by=keeper)
    with pytest.raises(Refused, match="same organisation already"):
        actions.merge(one, one, by=keeper)


@pytest.mark.django_db
def test_who_may_be_meant_is_found_in_another_form_of_the_name(named: Named) -> None:
    city = named("Saarnilan kaupunki")
    named("Rekisterihallitus")
    assert [alike(name) for name in ("Saarnila", "Saarnilan kaupungi", "Saarnilan stad", "Jokilaakso", "...")] == [
        [city],
        [city],
        [city],
        [],
        [],
    ]


@pytest.mark.django_db
def test_two_that_may_have_been_added_twice_are_shown(named: Named) -> None:
    twice = [named("Saarnila"), named("Saarnilan kaupunki")]
    named("Rekisterihallitus")
    assert [set(pair) for pair in suspected()] == [set(twice)]


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("saarnila", "saarnilan kaupunki", True),
        ("saarnilan stad", "saarnilan kaupunki", True),
        ("saarnilan ammattikorkeakoulu", "saarnilan kaupunki", False),
        ("jokilaakson kunta", "jokilaakson yliopisto", False),
        ("itärannan hyvinvointialue", "länsirannan hyvinvointialue", False),
        ("rekisterihallitus", "rekisterihalitus", True),
        ("lumi", "lumivirasto", True),
        ("abc", "abx", False),
    ],
)
def test_two_names_are_alike_if_one_begins_the_other_or_a_letter_differs(one: str, other: str, is_alike: bool) -> None:
    assert likeness.are_alike(one, other) is likeness.are_alike(other, one) is is_alike


@given(st.lists(st.text("abc ", min_size=1, max_size=8), max_size=12))
def test_each_two_are_asked_about_once(names: list[str]) -> None:
    found = list(likeness.pairs(enumerate(names)))
    assert len(found) == len({frozenset(pair) for pair in found})
    assert all(one != other for one, other in found)
