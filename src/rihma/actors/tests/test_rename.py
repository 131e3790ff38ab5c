import pytest

from rihma.accounts.models import Person
from rihma.actors import actions
from rihma.actors.models import Organisation
from rihma.actors.queries import called
from rihma.actors.tests.conftest import LAST_YEAR, THIS_YEAR, Named
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event

pytestmark = pytest.mark.django_db


def test_old_pages_keep_the_old_name_and_both_names_find_it(named: Named, keeper: Person) -> None:
    agency = named("Tulevaisuusvirasto")
    names = Words(sv="Förnyelseverket")
    actions.rename(agency, "Uudistusvirasto", names=names, since=THIS_YEAR, by=keeper)
    agency.refresh_from_db()
    assert (agency.name, agency.name_on(LAST_YEAR), agency.name_on(THIS_YEAR)) == (
        "Uudistusvirasto",
        "Tulevaisuusvirasto",
        "Uudistusvirasto",
    )
    assert {called(name) for name in ("tulevaisuusvirasto", "UUDISTUSVIRASTO", "förnyelseverket")} == {agency}
    assert actions.name_organisation("Tulevaisuusvirasto", kind="company") == agency
    assert [event.verb for event in Event.objects.filter(thread=agency.pk)] == ["renamed"]


def test_name_of_somebody_else_is_refused(named: Named, keeper: Person) -> None:
    agency = named("Tulevaisuusvirasto")
    named("Uudistusvirasto")
    with pytest.raises(Refused, match="known by this name already"):
        actions.rename(agency, "uudistusvirasto", since=THIS_YEAR, by=keeper)
    assert Organisation.objects.get(pk=agency.pk).earlier_names == []


def test_names_follow_one_another(named: Named, keeper: Person) -> None:
    agency = named("Yksi")
    actions.rename(agency, "Kaksi", since=THIS_YEAR, by=keeper)
    with pytest.raises(Refused, match="later day"):
        actions.rename(agency, "Kolme", since=LAST_YEAR, by=keeper)


def test_second_to_save_sees_that_somebody_was_there_before(named: Named, keeper: Person) -> None:
    agency = named("Yksi")
    with pytest.raises(Refused, match="meanwhile"):
        actions.rename(agency, "Kaksi", since=THIS_YEAR, seen="older", by=keeper)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("1234567-1", "1234567-1"), ("12345671", "1234567-1"), (" 123456-2 ", "0123456-2"), ("", "")],
)
def test_business_id_is_kept_as_it_is_written(given: str, kept: str, named: Named, keeper: Person) -> None:
    agency = actions.edit(named("Yksi"), names=Words(), business_id=given, by=keeper)
    assert agency.business_id == kept


@pytest.mark.parametrize("given", ["1234567-2", "123456", "12-3", "abcdefg-h", "1234567-11", "0000001-1"])
def test_business_id_with_a_slip_is_refused(given: str, named: Named, keeper: Person) -> None:
    with pytest.raises(Refused, match="no Finnish business id"):
        actions.edit(named("Yksi"), names=Words(), business_id=given, by=keeper)


def test_two_organisations_never_have_one_business_id(named: Named, keeper: Person) -> None:
    actions.edit(named("Yksi"), names=Words(), business_id="1234567-1", by=keeper)
    with pytest.raises(Refused, match="Yksi has this business id"):
        actions.edit(named("Kaksi"), names=Words(), business_id="1234567-1", by=keeper)
