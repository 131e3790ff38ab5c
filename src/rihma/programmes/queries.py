from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base import dates
from rihma.base.parts import Node
from rihma.programmes import rules
from rihma.programmes.file import Lack
from rihma.programmes.file.section import sections
from rihma.programmes.models import Programme, ProgrammeQuerySet, Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUPS: "dict[str, tuple[_StrPromise, tuple[rules.Stage, ...]]]" = {
    "running": (gettext_lazy("Running now"), (rules.Stage.RUNNING,)),
    "upcoming": (gettext_lazy("Coming"), (rules.Stage.UPCOMING,)),
    "drafts": (gettext_lazy("Drafts"), (rules.Stage.DRAFT,)),
    "past": (gettext_lazy("Past"), (rules.Stage.ENDED, rules.Stage.CLOSED)),
}


@dataclass(frozen=True)
class Group:
    """Programmes that are at the same point of their time."""

    name: str
    title: "_StrPromise"
    programmes: tuple[Programme, ...]


def grouped(programmes: ProgrammeQuerySet, now: datetime) -> list[Group]:
    staged = [(programme, programme.stage(now)) for programme in programmes]
    groups = [
        Group(name, title, tuple(programme for programme, stage in staged if stage in stages))
        for name, (title, stages) in GROUPS.items()
    ]
    return [group for group in groups if group.programmes]


def phases_as_nodes(programme: Programme, now: datetime) -> list[Node]:
    today = now.astimezone(programme.zone).date()
    return [
        Node(
            str(phase.title),
            "ahead" if today < phase.starts else "done" if phase.ends < today else "now",
            note=dates.days(phase.starts, phase.ends, get_language() or settings.LANGUAGE_CODE),
        )
        for phase in programme.phases.all()
    ]


def event_of(programme: Programme, address: str) -> dict[str, object]:
    """As a schema.org Event, for search engines and calendars of events."""
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(programme.title),
        "description": str(programme.purpose),
        "startDate": programme.starts.isoformat(),
        "endDate": programme.ends.isoformat(),
        "inLanguage": get_language(),
        "url": address,
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": [{"@type": "Organization", "name": name} for name in programme.organisers],
    }


def themes_as_filled(programme: Programme) -> dict[str, object]:
    """What the form of the themes is filled from: a field a theme."""
    return {str(theme.pk): theme.title for theme in programme.themes.all()}


def phases_as_filled(programme: Programme) -> dict[str, object]:
    """What the form of the phases is filled from: three fields a phase, named by its place."""
    return {
        f"{name}-{number}": getattr(phase, name)
        for number, phase in enumerate(programme.phases.all(), start=1)
        for name in ("title", "starts", "ends")
    }


def owns_one(person: Person) -> bool:
    return Role.objects.filter(person=person, role=Role.Kind.OWNER, ended_at=None).exists()


def may_create(person: Person) -> bool:
    return rules.may_create(is_staff=person.is_staff, owns_one=owns_one(person))


def other_owners(role: Role) -> int:
    owners = Role.objects.filter(programme=role.programme_id, role=Role.Kind.OWNER, ended_at=None)
    return owners.exclude(pk=role.pk).count()


def lacks_of(programme: Programme) -> list[Lack]:
    """Every text of every area that is not there in both national languages."""
    return [lack for section in sections() for lack in section.lacks(programme)]


def unfinished_in(programme: Programme) -> list[str]:
    """What areas want settled before the programme closes, in words."""
    return [what for section in sections() for what in section.unfinished(programme)]


def in_words(lacks: Iterable[Lack]) -> str:
    """“Purpose (Swedish), Question 2 (Finnish and Swedish)”."""
    return ", ".join(f"{lack.what} ({languages_in_words(lack.languages)})" for lack in lacks)


def languages_in_words(languages: Iterable[str]) -> str:
    names = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}
    return _(" and ").join(names.get(lang, dict(settings.LANGUAGES).get(lang, lang)) for lang in languages)
