"""The cast and a programme for every test."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.models import Call, Intake, Question
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme, Role, Theme
from rihma.site import cast as invented
from tests.remembered import STAGE, leave_room, remembered

HELSINKI = ZoneInfo("Europe/Helsinki")

# A busy machine is no mistake of the code, so no example is timed.
settings.register_profile("rihma", deadline=None)
settings.load_profile("rihma")

type Cast = dict[str, Person]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        leave_room()


@pytest.fixture(autouse=True)
def _stage() -> None:
    STAGE.begin()


@pytest.fixture
@remembered
def cast(db: None) -> Cast:
    return invented.enter()


@pytest.fixture
def client_of() -> Callable[[Person | None], Client]:
    """A browser in which this person has signed in; None is a stranger."""

    def client_of(person: Person | None) -> Client:
        client = Client(headers={"accept-language": "en"})
        if person:
            client.force_login(person, backend="rihma.accounts.sessions.Backend")
        return client

    return client_of


@pytest.fixture
@remembered
def programme(cast: Cast) -> Programme:
    """A published programme of the owner and the facilitator that has begun to run, with one theme."""
    today = datetime.now(HELSINKI).date()
    programme = programmes.create(
        slug="spring",
        title=Words(fi="Kevään ohjelma", sv="Vårens program", en="Spring programme"),
        purpose=Words(fi="Kokeillaan yhdessä.", sv="Vi försöker tillsammans.", en="We try things together."),
        description=Words(fi="Tiimit kokeilevat.", sv="Teamen försöker.", en="Teams try things."),
        starts=today - timedelta(days=30),
        ends=today + timedelta(days=150),
        eligibility={
            "state_administration_min": 1,
            "organisations_min": 2,
            "willing_to_open": True,
            "bounded_experiment": True,
        },
        canvas_kinds=["assumption_map"],
        by=cast["owner"],
    )
    Theme.objects.create(
        programme=programme, number=1, title=Words(fi="Ylivelka", sv="Överskuldsättning", en="Over-indebtedness")
    )
    programmes.appoint(programme, cast["facilitator"], Role.Kind.FACILITATOR, by=cast["owner"])
    programmes.appoint(programme, cast["mentor"], Role.Kind.MENTOR, by=cast["owner"])
    programmes.appoint(programme, cast["juror"], Role.Kind.JUROR, by=cast["owner"])
    programmes.appoint(programme, cast["expert"], Role.Kind.EXPERT, by=cast["owner"])
    return programmes.publish(programme, by=cast["owner"])


@pytest.fixture
@remembered
def call(programme: Programme) -> Call:
    """Open for ten more days, with one required question."""
    call = Call.objects.create(
        programme=programme,
        why=Words(fi="Koska.", sv="Därför.", en="Because."),
        closes_on=date.today() + timedelta(days=10),  # noqa: DTZ011 - any day ahead will do
        closes_at=time(23, 59, 59),
        teams_min=1,
        teams_max=2,
    )
    Intake.objects.create(call=call)
    Question.objects.create(
        call=call,
        key="problem",
        number=1,
        label=Words(fi="Mikä on ongelma?", sv="Vad är problemet?", en="What is the problem?"),
        most_words=50,
    )
    return call
