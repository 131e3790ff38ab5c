import pytest

from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.reviews import actions
from rihma.reviews.models import Assignment, Review
from rihma.reviews.queries import standings
from rihma.reviews.tests.conftest import Judge
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_score_is_the_weighted_mean_of_hundred(reading: list[Application], judge: Judge, cast: Cast) -> None:
    first, second = reading
    judge(first, cast["juror"], 5, 3, reason="Clear.")
    judge(first, cast["expert"], 1, 3)
    stand = standings(first.call.last_intake)
    # (5 + 3·3) / 4 = 3.5 and (1 + 3·3) / 4 = 2.5: in the middle 3, which is half of the way from 1 to 5.
    assert (stand[first.pk].score, stand[first.pk].reviews, stand[first.pk].missing) == (50.0, 2, 0)
    assert stand[first.pk].reasons == ("Clear.", "Because.")
    assert (stand[second.pk].score, stand[second.pk].reviews, stand[second.pk].missing) == (None, 0, 2)


def test_draft_counts_for_nothing_until_it_is_sent(reading: list[Application], judge: Judge, cast: Cast) -> None:
    review = judge(reading[0], cast["juror"], 4, 4)
    actions.reopen(review.assignment, by=cast["juror"])
    assert standings(reading[0].call.last_intake)[reading[0].pk].reviews == 0
    actions.send(review.assignment, by=cast["juror"])
    assert standings(reading[0].call.last_intake)[reading[0].pk].reviews == 1


def test_review_is_not_sent_before_it_is_whole(reading: list[Application], cast: Cast) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    key = str(reading[0].call.criteria.all()[0].pk)
    actions.save(assignment, version=0, scores={key: 3}, reasons={}, by=cast["juror"])
    with pytest.raises(Refused) as refused:
        actions.send(assignment, by=cast["juror"])
    assert str(refused.value) == "Give a score for “Trial”."
    assert Review.objects.get(assignment=assignment).state == Review.State.DRAFT


def test_older_page_overwrites_nothing(reading: list[Application], cast: Cast) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    actions.save(assignment, version=0, scores={}, reasons={}, overall="First.", by=cast["juror"])
    with pytest.raises(Refused) as refused:
        actions.save(assignment, version=0, scores={}, reasons={}, overall="Second.", by=cast["juror"])
    assert refused.value.code == "newer"
    assert Review.objects.get(assignment=assignment).overall == "First."


def test_measure_stays_when_the_call_changes_its_words(reading: list[Application], judge: Judge, cast: Cast) -> None:
    criterion = reading[0].call.criteria.all()[1]
    judge(reading[0], cast["juror"], 1, 5)
    criterion.weight = 100
    criterion.save()
    assert standings(reading[0].call.last_intake)[reading[0].pk].score == 75.0


def test_closed_review_takes_no_scores(reading: list[Application], judge: Judge, cast: Cast) -> None:
    actions.close(reading[0].call.last_intake, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        judge(reading[0], cast["juror"], 3, 3)
    assert refused.value.code == "closed"
    actions.open_again(reading[0].call.last_intake, by=cast["owner"])
    assert judge(reading[0], cast["juror"], 3, 3).state == Review.State.SENT
