from rihma.applications.models import Application
from rihma.applications.rules import Asked
from rihma.calls.models import Call
from rihma.teams.queries import places_of


def asked(call: Call) -> list[Asked]:
    return [
        Asked(question.key, str(question.label), question.required, question.most_words)
        for question in call.questions.all()
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
