"""What changes outside of a team is held against it as soon as it has changed."""

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from rihma.actors.models import Organisation
from rihma.base.words import Words
from rihma.programmes import actions as programmes
from rihma.programmes.requirements import Requirement, row_of
from rihma.teams import actions, again
from rihma.teams.models import Shortfall, Team
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
TWO_REGIONS = row_of(Requirement("two-regions", Words(en="Two regions"), "count(regions) >= 2", Words(en="Do it.")))


@pytest.fixture
def admitted(team: Team, cast: Cast) -> Team:
    return actions.settle(team, Team.State.ADMITTED, by=cast["owner"])


def jobs() -> list[dict[str, list[str]]]:
    return [job.args_kwargs["kwargs"] for job in DBTaskResult.objects.filter(task_path=again.look_again.module_path)]


def lacking(team: Team) -> set[str]:
    return set(Shortfall.objects.filter(team=team, state="needed").values_list("rule", flat=True))


def test_teams_hear_of_a_new_rule_by_one_job_after_the_commit(
    admitted: Team, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    programme = admitted.programme
    before = lacking(admitted)
    with django_capture_on_commit_callbacks(execute=True):
        programmes.edit(programme, own_rules=[TWO_REGIONS], by=cast["owner"])
        assert jobs() == []
    with django_capture_on_commit_callbacks(execute=True):
        programmes.edit(programme, own_rules=[{**TWO_REGIONS, "binding": True}], eligibility={}, by=cast["owner"])
    assert jobs() == [{"programmes": [str(programme.pk)], "organisations": []}]
    assert again.look_again.func(**jobs()[0]) == 1
    assert lacking(admitted) - before == {"two-regions"}


def test_change_of_words_alone_looks_at_nobody(
    admitted: Team, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        programmes.edit(admitted.programme, title=Words(fi="Toisin sanoin"), by=cast["owner"])
    assert jobs() == []


def test_only_teams_with_the_organisation_or_one_before_it_are_looked_at(
    admitted: Team, agency: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    with django_capture_on_commit_callbacks(execute=True):
        again.organisations_changed([agency.pk])
    assert jobs() == []
    city.successor = agency
    city.save()
    with django_capture_on_commit_callbacks(execute=True):
        again.organisations_changed([agency.pk])
    assert [again.look_again.func(**job) for job in jobs()] == [1]
