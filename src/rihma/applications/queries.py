from rihma.applications.models import Application, Receipt
from rihma.applications.rules import Asked
from rihma.calls.models import Call, Question
from rihma.teams.models import Member
from rihma.teams.queries import places_of


def asked(call: Call) -> list[Asked]:
    return [
        Asked(question.key, str(question.label), question.required, question.most_words)
        for question in call.questions.current()
    ]


def content_of(application: Application) -> dict[str, object]:
    """All that is being applied with, as the receipt keeps it."""
    team = application.team
    return {
        "call": str(application.call_id),
        "team": {
            "name": team.name,
            "theme": str(team.theme_id or ""),
            "phenomenon": team.phenomenon,
            "language": team.language,
            "looking_for": team.looking_for,
            "willing_to_open": team.willing_to_open,
            "experiment_idea": team.experiment_idea,
        },
        "members": [
            {
                "person": str(member.person_id),
                "organisation": member.organisation.name if member.organisation else "",
                "role": member.role,
                "state": member.state,
                "wants_seat": member.wants_seat,
            }
            for member in places_of(team)
        ],
        "answers": {question.key: application.answers.get(question.key, "") for question in asked(application.call)},
    }


def is_answered(call: Call) -> bool:
    """Whether an application has been sent, be it withdrawn since."""
    return Receipt.objects.filter(application__call=call).exists()


def answered(application: Application) -> list[tuple[Question, str]]:
    """The questions with their answers; one that is asked no more is still there where it was answered."""
    answers = application.answers
    asked_now = [(question, answers.get(question.key, "")) for question in application.call.questions.all()]
    return [(question, answer) for question, answer in asked_now if answer or question.retired_at is None]


def drafters(call: Call) -> list[Member]:
    """The places of everybody who works on an application that has not been sent."""
    drafts = Application.objects.filter(call=call, state=Application.State.DRAFT)
    places = Member.objects.filter(team__application__in=drafts, state=Member.State.CONFIRMED)
    return list(places.select_related("person", "team__application").order_by("invited_at"))
