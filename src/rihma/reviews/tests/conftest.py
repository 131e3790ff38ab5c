from collections.abc import Callable

import pytest

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls.models import Call, Criterion
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions
from rihma.reviews.models import Assignment, Review
from tests.conftest import Cast
from tests.remembered import remembered

type Judge = Callable[..., Review]


@pytest.fixture
@remembered
def measured(call: Call) -> Call:
    """The call with two criteria, of which the second weighs thrice."""
    for number, (title, weight) in enumerate([("Need", 1), ("Trial", 3)], start=1):
        Criterion.objects.create(
            call=call,
            number=number,
            title=Words(fi=title, sv=title, en=title),
            description=Words(fi="Mitä katsotaan.", sv="Vad man ser på.", en=f"What is looked at in {title}."),
            weight=weight,
            level_5=Words(fi="Moni elää sitä.", sv="Många lever det.", en="Many live it.") if weight == 1 else Words(),
        )
    return call


@pytest.fixture
@remembered
def submitted(measured: Call, cast: Cast) -> list[Application]:
    """Two applications: by the convener (Saarnilan kaupunki), and by the other one in Swedish."""
    return [
        apply_to(measured, cast["convener"], "Debt advisers"),
        apply_to(measured, cast["other_convener"], "Archipelago"),
    ]


def apply_to(call: Call, person: Person, name: str) -> Application:
    draft = applications.start(call, by=person)
    answers = {"problem": f"It is hard for {name}, says Saarnilan kaupunki."}
    applications.save(draft, version=0, answers=answers, by=person, name=name, language=person.language)
    applications.submit(draft, by=person)
    return Application.objects.select_related("call__programme", "team").get(pk=draft.pk)


@pytest.fixture
@remembered
def jurors(submitted: list[Application], cast: Cast) -> list[Person]:
    """The juror and the expert, who read Finnish; the outsider too, who reads Swedish."""
    call = submitted[0].call
    for name in ("expert", "outsider"):
        programmes.appoint(call.programme, cast[name], Role.Kind.JUROR, by=cast["owner"])
    actions.set_juror(call.last_intake, cast["outsider"], languages=["sv", "en"], by=cast["owner"])
    return [cast["juror"], cast["expert"], cast["outsider"]]


@pytest.fixture
@remembered
def reading(submitted: list[Application], jurors: list[Person], cast: Cast) -> list[Application]:
    """Both applications lie before the juror and the expert, and reading has begun."""
    for application in submitted:
        for juror in jurors[:2]:
            actions.assign(application, juror, by=cast["owner"])
    actions.begin(submitted[0].call.last_intake, by=cast["owner"])
    return submitted


@pytest.fixture
def judge() -> Judge:
    """Somebody's whole review of an application, sent."""

    def judge(application: Application, by: Person, *scores: int, reason: str = "Because.") -> Review:
        assignment = Assignment.objects.current().get(application=application, person=by)
        keys = [str(pk) for pk in application.call.criteria.values_list("pk", flat=True)]
        given = dict(zip(keys, scores, strict=True))
        version = Review.objects.filter(assignment=assignment).values_list("version", flat=True).first() or 0
        actions.save(assignment, version=version, scores=given, reasons={}, overall=reason, by=by)
        return actions.send(assignment, by=by)

    return judge
