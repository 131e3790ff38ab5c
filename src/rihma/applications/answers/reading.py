"""Which answers somebody reads, by the form that they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from uuid import UUID

from django.utils.safestring import SafeString

from rihma.actors.models import Organisation
from rihma.applications.answers import Shown, drawn, is_empty, organisations, shown
from rihma.applications.answers.files import drawn_files
from rihma.applications.models import Application
from rihma.base.places import address
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.calls.models import Call, FormVersion, Question
from rihma.calls.rules import READERS, Asked, Value, visible

type Role = Literal["owners", "writers", "jurors", "teams", "public"]


@dataclass(frozen=True)
class Answered:
    question: Asked
    value: Value
    # the call asks it in other words now, or otherwise
    is_changed: bool = False
    # the reader may write to the people that it names
    addresses: bool = False
    # where the reader gets files that answer; the address ends with the file's own id
    files_at: str = ""
    # what to know beside it: what an organisation is called now
    note: str = ""

    @property
    def shown(self) -> Shown:
        return replace(shown(self.question, self.value, addresses=self.addresses), note=self.note)

    @property
    def drawn(self) -> SafeString:
        if self.question.kind == "file" and self.files_at:
            return drawn_files(self.value, f"{self.files_at}{self.question.key}/")
        return drawn(self.shown)


class Part(NamedTuple):
    """The answers of one section; without a title those that belong to none."""

    title: Words
    answers: list[Answered]


LINES = Written(lambda call: Question.objects.filter(call=call).in_order())
FORMS = Written(lambda call: FormVersion.objects.filter(call=call))


class Forms:
    """The questions of a call as they are and as they were, looked up once for however many applications."""

    def __init__(self, call: Call) -> None:
        self.now = {line.key: line.asked for line in LINES(call.pk)}
        self.versions = {form.number: form for form in FORMS(call.pk)}
        self.bodies: dict[UUID, Organisation] = {}

    def know(self, applications: Iterable[Application]) -> None:
        """The organisations that their answers name, for all of them at once."""
        named = organisations.ids_in(value for one in applications for value in one.answers.values())
        self.bodies |= organisations.bodies(named - set(self.bodies))

    def answered(self, application: Application) -> FormVersion | None:
        """The version that was answered when it was sent; a draft goes by the questions of today."""
        receipt = None if application.is_draft else getattr(application, "receipt", None)
        return self.versions.get(receipt.content.get("form")) if receipt else None


def visible_answers(application: Application, role: Role, forms: Forms | None = None) -> list[Answered]:
    """What this role may read of it, in the order in which it was asked. All that show answers to somebody ask here."""
    read = [one for one in answered(application, forms) if one.question.is_read_by(role)]
    addresses, at = role in {"owners", "writers"}, files_at(application)
    return [replace(one, addresses=addresses, files_at=at) for one in read]


def files_at(application: Application) -> str:
    """The address under which files of its answers are sent to it and read; the question's key comes next."""
    return f"{address('applications:application', application.pk)}files/"


def answered(application: Application, forms: Forms | None = None) -> list[Answered]:
    """All answers. A question that is asked no more is still there where it was answered; one that was hidden is not."""
    forms = forms or Forms(application.call)
    answers, now, form = application.answers, forms.now, forms.answered(application)
    then = form.questions if form else []
    asked = then if form else list(now.values())
    asked = [one for one in asked if one.is_asked_in(application.stage)]
    asked = [one for one in visible(asked, answers) if form or not one.is_retired or not is_empty(answers.get(one.key))]
    known = _keys(then)
    later = [now[key] for key in answers if key in now and key not in known] if form else []
    forms.know([application])
    return [_noted(_as_asked(one, now.get(one.key), answers.get(one.key)), forms) for one in (*asked, *later)]


def _noted(answer: Answered, forms: Forms) -> Answered:
    if answer.question.kind != organisations.KIND:
        return answer
    return replace(answer, note=organisations.note_of(answer.value, forms.bodies))


def in_parts(application: Application, role: Role) -> list[Part]:
    """What this role may read of it, section by section."""
    forms = Forms(application.call)
    answers, titles = visible_answers(application, role, forms), _titles(application.call, forms.answered(application))
    parts: list[Part] = []
    for one in answers:
        title = titles.get(one.question.section, Words())
        if not parts or parts[-1].title != title:
            parts.append(Part(title, []))
        parts[-1].answers.append(one)
    return parts


def _titles(call: Call, form: FormVersion | None) -> Mapping[str, Words]:
    if form:
        return {one["key"]: Words(one["title"]) for one in form.definition["sections"]}
    return {one.key: one.title for one in call.sections.all()}


def _as_asked(then: Asked, now: Asked | None, value: Value) -> Answered:
    if now is None or now.is_retired:
        return Answered(replace(then, is_retired=True), value)
    # Who answered was told who reads it. That may have become fewer since, and never more.
    readers = tuple(role for role in READERS if then.is_read_by(role) and now.is_read_by(role))
    return Answered(replace(then, readers=readers), value, is_changed=_what_is_asked(then) != _what_is_asked(now))


def _what_is_asked(asked: Asked) -> tuple[object, ...]:
    return asked.label, asked.help, asked.kind, asked.unit, [option.label for option in asked.offered]


def _keys(questions: Iterable[Asked]) -> set[str]:
    return {one.key for one in questions}
