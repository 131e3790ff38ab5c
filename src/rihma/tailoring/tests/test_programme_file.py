from datetime import timedelta

import pytest

from rihma.canvases import kinds
from rihma.programmes import actions as programmes
from rihma.programmes import file
from rihma.programmes.models import Programme
from rihma.tailoring import actions
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import mark
from rihma.tailoring.tests.conftest import FEELS, fresh
from tests.conftest import Cast


def test_file_of_a_programme_makes_the_same_own_kinds_elsewhere(in_use: OwnKind, cast: Cast) -> None:
    own = fresh(in_use)
    actions.edit_texts(own, seen=mark(own, "texts"), by=cast["owner"], name=FEELS)
    draft = actions.copy(own.programme, "value_pie", by=cast["owner"])
    written = file.write(own.programme)
    assert file.check(written.replace('slug = "spring"', 'slug = "autumn"').encode()).problems == ()

    # elsewhere, these keys are free
    OwnKind.objects.filter(pk=own.pk).update(key="own-away")
    OwnKind.objects.filter(pk=draft.pk).update(key="own-far")
    new = programmes.import_file(written.replace('slug = "spring"', 'slug = "autumn"').encode(), by=cast["owner"])
    assert file.write(new).replace('slug = "autumn"', 'slug = "spring"') == written
    assert new.canvas_kinds == ["assumption_map", own.key]
    again = OwnKind.objects.get(programme=new, key=own.key)
    assert (again.draft, again.version, again.state) == (fresh(own).draft, 1, "in_use")
    found = kinds.find(own.key)
    assert found is not None
    assert found.name["en"] == "Assumption map"


def test_next_round_gets_own_kinds_of_its_own(in_use: OwnKind, cast: Cast) -> None:
    programme = fresh(in_use).programme
    new = programmes.copy(programme, "spring-2", programme.starts + timedelta(weeks=52), by=cast["owner"])
    copied = OwnKind.objects.get(programme=new)
    assert copied.key != in_use.key
    assert Programme.objects.get(pk=new.pk).canvas_kinds == ["assumption_map", copied.key]
    assert copied.kind.zones == in_use.kind.zones
    assert fresh(in_use).programme.canvas_kinds == ["assumption_map", in_use.key]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('key = "mine"\ndraft = "version = 1"', "does not begin with own-"),
        ('key = "own-1"', "“draft” is missing."),
        ('key = "own-1"\ndraft = "version"', "This is not the file of a canvas"),
        ('key = "own-1"\ndraft = "version = 0"', "0 is too small."),
    ],
)
def test_own_kind_that_cannot_be_is_told(row: str, says: str, programme: Programme) -> None:
    text = file.write(programme).replace('slug = "spring"', 'slug = "autumn"') + f"\n[[own_kind]]\n{row}\n"
    said = [str(problem) for problem in file.check(text.encode()).problems]
    assert any(says in one for one in said), said


def test_canvas_that_stands_nowhere_is_told(programme: Programme) -> None:
    text = file.write(programme).replace('["assumption_map"]', '["own-gone"]').replace('"spring"', '"autumn"')
    assert "There is no canvas “own-gone”." in str(file.check(text.encode()).problems[0])
