import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.actors import rules
from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.base.refused import Refused

Kind = Organisation.Kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spelling",
    ["Metsäpuro ry", "metsäpuro RY", " Metsäpuro  r.y. ", "METSÄPURO", "Metsa\u0308puro ry"],  # the last: a + two dots
)
def test_known_organisation_is_found_in_any_spelling(spelling: str) -> None:
    first = name_organisation("Metsäpuro ry", kind=Kind.ASSOCIATION)
    assert name_organisation(spelling, kind=Kind.COMPANY) == first
    assert Organisation.objects.get().kind == Kind.ASSOCIATION


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Šárka o.p.s.", "文化協会", "جمعية", "Ågren & Öberg Ab", "Đorđe 🌱"])
def test_name_in_any_script_stands_as_written(name: str) -> None:
    assert name_organisation(name, kind=Kind.COMPANY).name == name


@pytest.mark.parametrize("name", ["", "   ", "---", "…"])
def test_name_without_a_letter_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        rules.check_name(name)


@given(st.text(min_size=1, max_size=60))
def test_name_key_is_stable(name: str) -> None:
    key = rules.name_key(name)
    assert rules.name_key(key) == key or not key
