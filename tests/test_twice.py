"""The same form sent twice, as by a double click: it is done once.

Every form that a page of the demo shows is filled in and sent, by whoever sees it, and sent again as it was. What is
taken back afterwards leaves each of them the same world.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import demos
from tests.filled import UNCHANGED
from tests.sending import Change, Sender, forms_of
from tests.world import World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# What is done as often as it is asked: each file that is handed out is written down, each wrong code is counted, and a page
# that shows a new secret shows the one that holds.
MEANT = {"records:take_out", "records:take_all_out", "guests:come", "guests:join", "webhooks:renew", "accounts:tokens"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


@pytest.mark.req("R15")
def test_form_that_is_sent_twice_adds_nothing_twice(world: World) -> None:
    sender, twice = Sender(world), {}
    changed, names = set[str](), set[str]()
    for one in list(forms_of(world)):
        first, second = sender.send(one, times=2)
        names.add(one.name)
        if first:
            changed.add(one.name)
        if added(second) - added(first) and one.route not in MEANT:
            twice[one.name, one.role] = added(second) - added(first)
    assert twice == {}
    # Nothing is said about a form that does nothing: its values are wrong, or there is a reason.
    assert names - changed - UNCHANGED.keys() == set()
    assert UNCHANGED.keys() - names == set()


def added(change: Change) -> Counter[str]:
    """How many rows more each table has."""
    return +Counter({table: come.total() - gone.total() for table, (gone, come) in change.items()})
