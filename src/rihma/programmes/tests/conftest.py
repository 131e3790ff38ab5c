from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.programmes import actions
from rihma.programmes.models import Programme, Role
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]

TEXT = """\
rihma = 1

[programme]
slug = "autumn"
title.fi = "Syksyn ohjelma"
title.sv = "Höstens program"
title.en = "Autumn programme"
purpose.fi = "Kokeillaan."
purpose.sv = "Vi försöker."
description.fi = '''
Ensin **katsotaan**.

- sitten kokeillaan'''
description.sv = "Först **ser** vi."
starts = 2027-08-27
ends = 2027-12-10
organisers = ["Uudistusvirasto", "Yhteistyöministeriö"]
contact = "autumn@virasto.example"
room_seats = 24
canvas_kinds = ["assumption_map"]

[eligibility]
state_administration_min = 1
willing_to_open = true

[[theme]]
title.fi = "Ylivelka"
title.sv = "Överskuldsättning"

[[theme]]
title.fi = "Kulttuuri"
title.sv = "Kultur"

[[phase]]
title.fi = "Haku"
title.sv = "Ansökan"
starts = 2027-05-03
ends = 2027-06-11

[[phase]]
title.fi = "Kokeilut"
title.sv = "Försök"
starts = 2027-10-01
ends = 2027-11-30

[[role]]
email = "aino@virasto.example"
role = "owner"

[[role]]
email = "New.Mentor@konkari.example"
role = "mentor"
name = "Nea Mentori"
language = "sv"
"""


@pytest.fixture
def text() -> str:
    """A programme file without mistakes."""
    return TEXT


@pytest.fixture
@remembered
def draft(cast: Cast) -> Programme:
    """The owner's draft with texts in Finnish only; the facilitator runs it too."""
    draft = actions.create(
        slug="draft",
        title=Words(fi="Luonnos", en="A draft"),
        starts=date(2027, 1, 29),
        ends=date(2027, 6, 11),
        by=cast["owner"],
    )
    actions.appoint(draft, cast["facilitator"], Role.Kind.FACILITATOR, by=cast["owner"])
    actions.appoint(draft, cast["mentor"], Role.Kind.MENTOR, by=cast["owner"])
    return draft
