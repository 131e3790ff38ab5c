"""The form as whoever builds it sees it at a glance: sections, their questions, and what is particular about each."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rihma.calls.kinds import ICONS
from rihma.calls.models import Call, Question, Section
from rihma.calls.rules import Asked, words_of_way


@dataclass
class Entry:
    question: Question
    icon: str
    # after which answers it is asked, in words
    condition: str = ""
    is_first: bool = False
    is_last: bool = False


@dataclass
class Chapter:
    """A section with its questions; without a section those that stand before all of them."""

    section: Section | None
    entries: list[Entry] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False


def outline(call: Call) -> list[Chapter]:
    questions = list(call.questions.current())
    asked = {one.key: one.asked for one in questions}
    sections = list(call.sections.current())
    chapters: dict[int | None, Chapter] = {None: Chapter(None)}
    chapters |= {one.pk: Chapter(one) for one in sections}
    for question in questions:
        entry = Entry(question, ICONS[Question.Kind(question.kind)], _condition(asked[question.key], asked))
        chapters[question.section_id].entries.append(entry)
    if questions:
        # Past its section's end a question moves into the next one, so only the ends of the whole form stop it.
        found = {entry.question.pk: entry for chapter in chapters.values() for entry in chapter.entries}
        found[questions[0].pk].is_first = questions[0].section_id is None
        found[questions[-1].pk].is_last = not sections or questions[-1].section_id == sections[-1].pk
    if sections:
        chapters[sections[0].pk].is_first = chapters[sections[-1].pk].is_last = True
    return [chapter for chapter in chapters.values() if chapter.section or chapter.entries]


def _condition(one: Asked, asked: dict[str, Asked]) -> str:
    if one.condition is None or one.condition.question not in asked:
        return ""
    source = asked[one.condition.question]
    ways = " / ".join(str(words_of_way(source, way, _("Yes"), _("No"))) for way in sorted(one.condition.values))
    return f"{source.label} → {ways}"
