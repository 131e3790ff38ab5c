from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.experiments.models import Experiment
from rihma.library import actions, rules
from rihma.library.models import Lesson
from rihma.notices.models import Message
from tests.conftest import Cast


@pytest.mark.parametrize(("state", "to"), list(product(Lesson.State.values, repeat=2)))
def test_only_moves_of_the_table_are_allowed(state: str, to: str) -> None:
    checks = {
        "published": lambda: rules.check_may_publish(state, "decided", lacks={}, names_agreed=True, although=""),
        "withdrawn": lambda: rules.check_may_withdraw(state, "Because."),
    }
    if to not in checks:
        assert to not in rules.MOVES[state]
    elif to in rules.MOVES[state]:
        checks[to]()
    else:
        with pytest.raises(Refused):
            checks[to]()


def test_lesson_begins_from_what_the_people_concluded(concluded: Experiment, cast: Cast) -> None:
    lesson = actions.draft(concluded, by=cast["convener"])
    assert lesson.what_came_out == Words(en="Order matters.")
    assert actions.draft(concluded, by=cast["member"]) == lesson


def test_lesson_is_not_written_of_a_running_experiment(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused, match="has ended"):
        actions.draft(running, by=cast["convener"])


def test_published_lesson_tells_result_and_decision(lesson: Lesson, cast: Cast, client: Client) -> None:
    lesson = actions.publish(lesson, by=cast["convener"])
    assert (lesson.slug, lesson.verdict, lesson.decision) == ("people-read-the-beginning", "met", "stop")
    page = client.get(reverse("library:lesson", args=[lesson.slug]))
    assert "People read the beginning" in page.text
    assert "Nobody; it ends here." in page.text
    assert Experiment.objects.get(pk=lesson.experiment_id).state == "published"


def test_lesson_without_swedish_needs_a_reason(lesson: Lesson, cast: Cast) -> None:
    lesson = actions.edit(lesson, question=Words(fi="Miksi?"), by=cast["convener"])
    with pytest.raises(Refused, match="Finnish or Swedish"):
        actions.publish(lesson, by=cast["convener"])
    lesson = actions.publish(lesson, although="Översättningen kommer nästa vecka.", by=cast["convener"])
    assert lesson.published_although == "Översättningen kommer nästa vecka."


def test_lesson_that_names_people_without_consent_is_refused(lesson: Lesson, cast: Cast) -> None:
    lesson = actions.edit(lesson, names_agreed=False, by=cast["convener"])
    with pytest.raises(Refused, match="nobody is named"):
        actions.publish(lesson, by=cast["convener"])


def test_team_decides_before_it_publishes(concluded: Experiment, cast: Cast) -> None:
    lesson = actions.edit(actions.draft(concluded, by=cast["convener"]), names_agreed=True, by=cast["convener"])
    with pytest.raises(Refused, match="stopping is a decision too"):
        actions.publish(lesson, although="-", by=cast["convener"])


def test_each_member_is_told_in_their_language(lesson: Lesson, cast: Cast) -> None:
    actions.publish(lesson, by=cast["convener"])
    told = Message.objects.filter(kind="library/notices/published").values_list("to__email", "language")
    assert sorted(told) == [(cast["convener"].email, "fi"), (cast["member"].email, "fi")]


def test_draft_is_not_found_by_a_stranger(
    lesson: Lesson, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    for route in ("library:edit", "library:publish"):
        address = reverse(route, args=[lesson.pk])
        assert client_of(cast["outsider"]).get(address).status_code == 404
        assert client_of(cast["other_convener"]).post(address, {}).status_code == 404
    assert Lesson.objects.get().state == Lesson.State.DRAFT


def test_page_publishes_with_one_button(
    lesson: Lesson, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    answer = client_of(cast["member"]).post(reverse("library:publish", args=[lesson.pk]), follow=True)
    assert "The lesson is public." in answer.text
    assert "People read the beginning" in answer.text


def test_second_lesson_of_the_same_headline_gets_an_address_of_its_own() -> None:
    assert rules.slug_of("Ääniä – öljyä!", []) == "aania-oljya"
    assert rules.slug_of("Ääniä – öljyä!", ["aania-oljya", "aania-oljya-2"]) == "aania-oljya-3"
    assert rules.slug_of("文化", []) == "lesson"
