"""Examples for the gallery: every part of a page in every state it can have."""

from datetime import date, timedelta
from typing import Any, Literal

from django import forms
from django.core.paginator import Paginator

from rihma.base import clock, parts
from rihma.base.forms import Form, WordsFormField

STAGES = ("Call", "Team", "Canvases", "Experiment", "Lesson", "After")
WORKSHOPS = ("Getting started", "Whom we serve", "What we assume", "Trying it out", "What we learned")
SHAPES_AND_TINTS = tuple(zip(parts.SHAPES, parts.TINTS, strict=True))


class Example(Form):
    """One field of every kind, two of them wrong."""

    name = forms.CharField(label="Name of the team", help_text="As others will see it.")
    why = forms.CharField(label="Why now?", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    title = WordsFormField(label="Theme", help_text="Finnish and Swedish are needed before it goes public.")
    seats = forms.IntegerField(label="Seats", min_value=1, widget=forms.NumberInput)
    mail = forms.EmailField(label="E-mail", required=False)
    sector = forms.ChoiceField(label="Sector", choices=[("state", "State"), ("city", "Municipality")])
    coming = forms.ChoiceField(
        label="Are you coming?",
        choices=[("room", "In the room"), ("remote", "Remotely"), ("no", "Cannot come")],
        widget=forms.RadioSelect(attrs={"data-look": "cards"}),
    )
    languages = forms.MultipleChoiceField(
        label="Languages spoken",
        choices=[("fi", "Finnish"), ("sv", "Swedish"), ("en", "English")],
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "row"}),
        required=False,
    )
    opens = forms.DateField(label="Opens", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False)
    agree = forms.BooleanField(label="Our lessons may be published")


def examples() -> dict[str, Any]:
    now = clock.now()
    return {
        "now": now,
        "later": now + timedelta(days=3, hours=5),
        "statuses": list(parts.STATUSES),
        "stages": stages(3),
        "stopped": [*stages(9)[:3], parts.Node("Experiment", "stopped", "Ended in March")],
        "calendar": calendar(now.date()),
        "checks": [
            parts.Check("A state authority takes part", "met"),
            parts.Check("At least three organisations", "not_yet", "Invite one more.", "Organisations: now 2."),
            parts.Check("An experiment within three months", "unclear", "Say when it ends."),
            parts.Check("A university takes part", "excepted", excepted="A research institute does the same."),
        ],
        "options": [parts.Option("All", "?", active=True, count=11), parts.Option("Failed", "?failed=1", count=4)],
        "many": Paginator(range(200), 20).page(4),
        "empties": ("applications", "workshops", "experiments", "lessons", "nothing", "teams", "canvases", "not-found"),
        "shapes": SHAPES_AND_TINTS,
        "form": Example({"name": "", "seats": "0", "coming": "remote", "title_fi": "Metsä", "agree": "on"}),
        "clean": Example(),
    }


def stages(reached: int) -> list[parts.Node]:
    return [parts.Node(title, _state(n, reached), url="#thread") for n, title in enumerate(STAGES)]


def calendar(today: date, reached: int = 2) -> list[parts.Node]:
    return [
        parts.Node(title, _state(n, reached), note="Helsinki, 9–13", when=today + timedelta(days=21 * (n - reached)))
        for n, title in enumerate(WORKSHOPS)
    ]


def _state(n: int, reached: int) -> Literal["done", "now", "ahead"]:
    if n == reached:
        return "now"
    return "done" if n < reached else "ahead"
