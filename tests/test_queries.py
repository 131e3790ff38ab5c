"""How many questions a page asks the database: few, and as many for eleven things as for three."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from rihma.base import clock
from rihma.base.words import Words
from rihma.mergers.models import Merger
from rihma.programmes import actions as programmes
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from rihma.site.demo import SLUG as FINISHED
from tests import demos, made
from tests.made import NEXT, RUNNING
from tests.routes import routes
from tests.world import World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.long("postgresql")]

MOST = 15
# Who sees most on a page: those who run the programme, else the convener of the team it is about.
LOOKS_FOR = ("owner", "convener")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


def asked(world: World, role: str, address: str) -> int | None:
    """How many queries the page takes, or None where it does not open to this role."""
    client = world.client(role)
    # What is remembered between requests (content types, sessions) is not counted.
    if client.get(address).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_no_page_asks_more_than_fifteen_times(world: World) -> None:
    counts = {}
    for route, parameters in routes().items():
        for role in LOOKS_FOR:
            count = asked(world, role, world.address(route, parameters))
            if count is not None and count > MOST:
                counts[route, role] = count
    assert counts == {}


@pytest.mark.parametrize("of", ["stays", "goes", "alone"])
def test_application_that_was_sent_asks_no_more_with_all_that_is_said_of_it(world: World, of: str) -> None:
    merger = Merger.objects.get()
    alone = made.sent().exclude(pk__in=[merger.stays_id, merger.goes_id]).filter(assignments__isnull=False)[0]
    one = {"stays": merger.stays, "goes": merger.goes, "alone": alone}[of]
    owner = world.people["owner"]
    client, address = world.client("owner"), one.get_absolute_url()
    with transaction.atomic():
        made.marked(one)
        selection.write_down(one, Decision.Outcome.RESERVE, reason="Next year.", by=owner)
        if of != "alone":
            Merger.objects.filter(pk=merger.pk).update(state=Merger.State.AGREED, ended_at=clock.now())
        assert "Next year." in client.get(address).text
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).text
        transaction.set_rollback(True)
    assert all(f'id="{part}"' in page for part in ("reviews", "decision", "case"))
    assert len(queries) <= MOST


@pytest.mark.parametrize(
    ("route", "few", "many"),
    [
        ("insights:facilitator", RUNNING, FINISHED),
        ("selection:applications", NEXT, FINISHED),
        ("selection:announce", NEXT, FINISHED),
        ("selection:choose", NEXT, FINISHED),
        ("selection:take", NEXT, FINISHED),
        ("experiments:of_programme", RUNNING, FINISHED),
        ("programmes:programme", RUNNING, FINISHED),
    ],
)
def test_list_asks_as_often_for_eleven_teams_as_for_three(world: World, route: str, few: str, many: str) -> None:
    counts = [
        asked(world, "owner", World(world.people, {**world.values, "slug": slug}).address(route, ["slug"]))
        for slug in (few, many)
    ]
    assert counts[0] is not None
    # A page of few may still ask what a page of many knows to be there; never the other way round.
    assert counts[1] is not None
    assert counts[1] <= counts[0] + 1


@pytest.mark.parametrize("route", ["home", "programmes:list", "library:lessons"])
def test_list_asks_as_often_after_two_more_programmes(world: World, route: str) -> None:
    address = world.address(route, [])
    before = asked(world, "owner", address)
    with transaction.atomic():
        for number in (1, 2):
            one = programmes.create(
                slug=f"more-{number}",
                title=Words(fi="Lisää", sv="Mera", en="More"),
                purpose=Words(fi="Lisää", sv="Mera", en="More"),
                description=Words(fi="Lisää", sv="Mera", en="More"),
                starts=date(2027, 1, 1),
                ends=date(2027, 6, 1),
                by=world.people["owner"],
            )
            programmes.publish(one, although="A test.", by=world.people["owner"])
        after = asked(world, "owner", address)
        transaction.set_rollback(True)
    assert after == before
