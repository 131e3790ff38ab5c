"""The tables of the programme file that this area reads and writes."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.form_file import TABLES, check_form, form_tables, read_form
from rihma.calls.models import LEVELS, Call, Criterion, Intake
from rihma.calls.rules import Moment
from rihma.history.actions import record
from rihma.programmes.file import Document, Lack, Problem, Section, Tables, check_local_time, lack_of
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme

CALL = s.table(
    "The open call: why, how, for whom, until which moment and for how many teams.",
    {
        "why": s.words("Why the round is held. Markdown.", most=s.LONG),
        "how": s.words("How the round goes. Markdown.", most=s.LONG),
        "who": s.words("Who is looked for. Markdown.", most=s.LONG),
        "opens": s.moment(
            "When applying begins, by the programme's clock. Without it: as soon as the programme is public."
        ),
        "closes": s.moment("The last second that is in time, by the programme's clock."),
        "access": s.choice(
            "Who may apply: everybody, the invited, or the invited without the call standing on any list.",
            list(Call.Access.values),
            default=Call.Access.EVERYBODY.value,
        ),
        "cut_offs": s.many(
            "Moments before the closing at which what has arrived is taken and decided on, the first one first.",
            s.moment("The last second that counts for it, by the programme's clock."),
        ),
        "idea_closes": s.moment(
            "The last second for ideas, in a call of two stages; those who go on apply until `closes`."
        ),
        "ideas_most": s.whole("How many ideas go on, in a call of two stages.", least=1, most=500),
        "idea_is_read": s.yes_no("Jurors of the full stage read the idea, too.", default=True),
        "seats_together": s.yes_no("Seats in the room hold for the whole call, not for each cut-off.", default=False),
        "places_each": s.yes_no("The number of teams holds for each cut-off, not for all together.", default=False),
        "may_try_again": s.yes_no(
            "Those who were not chosen are told that they may send anew for the next cut-off.", default=True
        ),
        "teams_min": s.whole("Least number of teams.", least=1, most=1000, default=1),
        "teams_max": s.whole("Most teams that the call offers a place to.", least=1, most=1000),
    },
    required=["closes", "teams_max"],
)
CRITERION = s.rows(
    "What the applications are read by. Public with the call.",
    {
        "title": s.words("The criterion in some words."),
        "description": s.words("What is looked at.", most=1000),
        "weight": s.whole("How much it weighs beside the others.", least=1, most=100, default=1),
        **{name: s.words(f"What a score of {name[-1]} means here.", most=500) for name in LEVELS},
    },
    required=["title"],
)


def check(document: Document) -> Iterator[Problem]:
    call = document.table("call")
    yield from _check_moments(document)
    least, most = call.get("teams_min"), call.get("teams_max")
    if least and most and least > most:
        what = _("At least %(least)s teams is more than at most %(most)s.") % {"least": least, "most": most}
        yield Problem(("call", "teams_min"), what, _("Change one of the two."))
    for table in ("section", "question", "criterion"):
        if document.rows(table) and "call" not in document.tables:
            yield Problem(
                (table, 0), _("There is no call that this belongs to."), _("Add a table [%(key)s].") % {"key": "call"}
            )
    yield from check_form(document.rows("section"), document.rows("question"))


def _check_moments(document: Document) -> Iterator[Problem]:
    call = document.table("call")
    opens, closes = call.get("opens"), call.get("closes")
    for name, moment in (("opens", opens), ("closes", closes)):
        if moment:
            yield from document.check_within(("call", name), moment.date(), may_be_before=True)
            yield from check_local_time(("call", name), moment.date(), moment.time(), document.zone)
    yield from _check_cut_offs(document)
    yield from _check_stages(document)
    if opens and closes and closes <= opens:
        remedy = _("Give a moment after %(moment)s.") % {"moment": opens.isoformat(sep=" ")}
        yield Problem(("call", "closes"), _("The call closes before it opens."), remedy)


def _check_cut_offs(document: Document) -> Iterator[Problem]:
    call = document.table("call")
    before = call.get("opens")
    for number, moment in enumerate(call.get("cut_offs", [])):
        place = ("call", "cut_offs", number)
        yield from document.check_within(place, moment.date(), may_be_before=True)
        yield from check_local_time(place, moment.date(), moment.time(), document.zone)
        closes = call.get("closes")
        if (before and moment <= before) or (closes and moment >= closes):
            what = _("A cut-off comes after the opening and the cut-off before it, and before the closing.")
            yield Problem(place, what, _("Put the moments in order."))
        before = moment


def _check_stages(document: Document) -> Iterator[Problem]:
    call, place = document.table("call"), ("call", "idea_closes")
    moment = call.get("idea_closes")
    if (moment is None) != ("ideas_most" not in call):
        what = _("A call of two stages says both when ideas close and how many go on.")
        yield Problem(("call", "ideas_most"), what, _("Give both, or leave both out."))
    if moment is None:
        return
    yield from document.check_within(place, moment.date(), may_be_before=True)
    yield from check_local_time(place, moment.date(), moment.time(), document.zone)
    if call.get("cut_offs"):
        what = _("A call has cut-off dates or two stages, not both.")
        yield Problem(place, what, _("Leave out one of the two."))
    opens, closes = call.get("opens"), call.get("closes")
    if (opens and moment <= opens) or (closes and moment >= closes):
        what = _("The idea stage ends after the call opens and before it closes.")
        yield Problem(place, what, _("Put the moments in order."))


def read(programme: Programme, tables: Tables, by: Person) -> None:
    given = tables.get("call")
    if given is None:
        return
    opens = given.get("opens")
    call = Call.objects.create(
        programme=programme,
        **{name: Words(given.get(name, {})) for name in ("why", "how", "who")},
        opens_on=opens.date() if opens else None,
        opens_at=opens.time() if opens else None,
        closes_on=given["closes"].date(),
        closes_at=given["closes"].time(),
        access=given["access"],
        teams_min=given["teams_min"],
        teams_max=given["teams_max"],
        places_each=given["places_each"],
        seats_together=given["seats_together"],
        ideas_most=given.get("ideas_most"),
        idea_is_read=given["idea_is_read"],
        may_try_again=given["may_try_again"],
    )
    # The idea stage is the first that is taken in.
    cut_offs = [given["idea_closes"]] if given.get("idea_closes") else given.get("cut_offs", [])
    for number, moment in enumerate(cut_offs, start=1):
        Intake.objects.create(call=call, number=number, closes_on=moment.date(), closes_at=moment.time())
    Intake.objects.create(call=call, number=len(cut_offs) + 1)
    read_form(call, tables)
    for number, row in enumerate(tables.get("criterion", []), start=1):
        texts = {name: Words(row.get(name, {})) for name in ("title", "description", *LEVELS)}
        Criterion.objects.create(call=call, number=number, **{**row, **texts})
    record(call, "drafted", scope=programme.pk, by=by)


def write(programme: Programme) -> Tables:
    # The call comes with what it takes in: every call has at least one intake.
    intakes = list(Intake.objects.filter(call__programme=programme).select_related("call"))
    if not intakes:
        return {}
    call = intakes[0].call
    call.programme = programme
    for one in intakes:
        one.call = call
    return {
        "call": {
            **{name: getattr(call, name).to_dict() for name in ("why", "how", "who")},
            "opens": _local(call.times.opening),
            "closes": _local(call.closing),
            "access": call.access,
            "cut_offs": [_local(one.closing) for one in intakes if not (one.is_last or call.is_staged)],
            "idea_closes": _local(intakes[0].closing) if call.is_staged else None,
            "ideas_most": call.ideas_most,
            "idea_is_read": call.idea_is_read,
            "seats_together": call.seats_together,
            "places_each": call.places_each,
            "may_try_again": call.may_try_again,
            "teams_min": call.teams_min,
            "teams_max": call.teams_max,
        },
        **form_tables(call),
        "criterion": [one.facts for one in call.criteria.current()],
    }


def _local(moment: Moment | None) -> datetime | None:
    return datetime.combine(moment.day, moment.clock) if moment else None


def lacks(programme: Programme) -> Iterator[Lack]:
    call = Call.objects.filter(programme=programme).first()
    if call is None:
        return
    url = reverse("calls:edit", args=[programme.slug])
    yield from lack_of("call-why", _("Call: why"), call.why, needed=True, url=url)
    yield from lack_of("call-how", _("Call: how"), call.how, needed=True, url=url)
    yield from lack_of("call-who", _("Call: who"), call.who, needed=True, url=url)
    yield from _form_lacks(call, programme)
    for criterion in call.criteria.current():
        url = reverse("calls:edit_criterion", args=[programme.slug, criterion.pk])
        what = _("Criterion %(n)s") % {"n": criterion.number}
        yield from lack_of(f"criterion-{criterion.number}", what, criterion.title, needed=True, url=url)
        about = _("Description of criterion %(n)s") % {"n": criterion.number}
        yield from lack_of(f"criterion-{criterion.number}-description", about, criterion.description, url=url)
        for score, words in criterion.levels.items():
            means = _("Score %(score)s of criterion %(n)s") % {"score": score, "n": criterion.number}
            yield from lack_of(f"criterion-{criterion.number}-level-{score}", means, words, url=url)


def _form_lacks(call: Call, programme: Programme) -> Iterator[Lack]:
    for section in call.sections.current():
        url = reverse("calls:edit_section", args=[programme.slug, section.pk])
        what = _("Section %(n)s") % {"n": section.number}
        yield from lack_of(f"section-{section.key}", what, section.title, needed=True, url=url)
        yield from lack_of(f"section-{section.key}-intro", what, section.intro, url=url)
    for question in call.questions.current():
        url = reverse("calls:edit_question", args=[programme.slug, question.pk])
        what = _("Question %(n)s") % {"n": question.number}
        yield from lack_of(f"question-{question.key}", what, question.label, needed=True, url=url)
        help_text = _("Help of question %(n)s") % {"n": question.number}
        yield from lack_of(f"question-{question.key}-help", help_text, question.help, url=url)
        for option in question.asked.offered:
            told = _("Option “%(option)s” of question %(n)s") % {"option": option.label, "n": question.number}
            yield from lack_of(f"question-{question.key}-{option.key}", told, option.label, needed=True, url=url)


SECTION = Section(
    tables={"call": CALL, **TABLES, "criterion": CRITERION},
    check=check,
    read=read,
    write=write,
    lacks=lacks,
)
