import pytest

from rihma.accounts.models import Person
from rihma.actors import actions
from rihma.actors.models import Organisation
from rihma.actors.queries import called
from rihma.actors.tests.conftest import LAST_YEAR, THIS_YEAR, Named
from rihma.base.refused import Refused

pytestmark = pytest.mark.django_db


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_two_that_were_merged_are_found_as_the_one_that_carries_on(named: Named, keeper: Person) -> None:
    one, two, new = named("Yksi"), named("Kaksi"), named("Uusi")
    for old in (one, two):
        actions.end(old, ended_on=LAST_YEAR, successor=new, by=keeper)
    assert [called(name) for name in ("Yksi", "Kaksi")] == [new, new]
    assert len({fresh(each).family for each in (one, two, new)}) == 1


def test_whoever_comes_last_carries_on_for_all_before(named: Named, keeper: Person) -> None:
    first, second, third = named("Yksi"), named("Kaksi"), named("Kolme")
    actions.end(first, ended_on=LAST_YEAR, successor=second, by=keeper)
    actions.end(second, ended_on=THIS_YEAR, successor=third, by=keeper)
    assert fresh(first).successor == third
    with pytest.raises(Refused, match="own work"):
        actions.end(third, ended_on=THIS_YEAR, successor=first, by=keeper)


def test_those_that_were_split_off_are_of_the_family(named: Named, keeper: Person) -> None:
    old, main, other = named("Yksi"), named("Kaksi"), named("Kolme")
    actions.end(old, ended_on=LAST_YEAR, successor=main, others=[other], by=keeper)
    assert fresh(other).split_from == old
    assert fresh(other).family == fresh(main).family


def test_successor_needs_a_day_and_may_be_taken_back(named: Named, keeper: Person) -> None:
    old, new = named("Yksi"), named("Kaksi")
    with pytest.raises(Refused, match="last day"):
        actions.end(old, ended_on=None, successor=new, by=keeper)
    actions.end(old, ended_on=LAST_YEAR, successor=new, by=keeper)
    actions.end(old, ended_on=None, by=keeper)
    assert (called("Yksi"), fresh(old).family == fresh(new).family) == (old, False)
