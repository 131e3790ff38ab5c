"""The questions of a form as a page draws them: section by section, with what is hidden and how far it is done."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rihma.applications.answers import is_empty, name_of
from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.calls.rules import Answers, Asked, visible


@dataclass(frozen=True)
class DrawnField:
    question: Asked
    # as the page draws it
    part: object
    is_hidden: bool

    @property
    def shown_if(self) -> str:
        """For the browser, which hides and shows while somebody answers."""
        condition = self.question.condition
        return json.dumps([condition.question, sorted(condition.values)]) if condition else ""


@dataclass
class FormPart:
    key: str
    title: Words = field(default_factory=Words)
    intro: Words = field(default_factory=Words)
    fields: list[DrawnField] = field(default_factory=list)
    done: int = 0
    of: int = 0

    @property
    def is_done(self) -> bool:
        return self.done == self.of


def form_parts(application: Application, asked: Sequence[Asked], draw: Callable[[str], object]) -> list[FormPart]:
    """`draw` makes of the name of an input what the page draws it from."""
    parts = progress(application.call, asked, application.answers)
    seen = {one.key for one in visible(asked, application.answers)}
    for one in asked:
        parts[one.section].fields.append(DrawnField(one, draw(name_of(one)), one.key not in seen))
    return [part for part in parts.values() if part.fields]


def steps_of(application: Application) -> list[FormPart]:
    """How far each section is that asks anything."""
    lines = [question.asked for question in application.call.questions.current()]
    asked = [one for one in lines if one.is_asked_in(application.stage)]
    return [part for part in progress(application.call, asked, application.answers).values() if part.of]


def progress(call: Call, asked: Iterable[Asked], answers: Answers) -> Mapping[str, FormPart]:
    """Section key → how many of its questions are answered; the questions of no section stand first, under no key."""
    parts = {"": FormPart("")}
    parts |= {one.key: FormPart(one.key, one.title, one.intro) for one in call.sections.current()}
    for one in visible(asked, answers):
        parts[one.section].of += 1
        parts[one.section].done += not is_empty(answers.get(one.key))
    return parts
