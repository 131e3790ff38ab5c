"""The tables of the programme file that this area reads and writes."""

from collections.abc import Iterator
from difflib import get_close_matches
from zoneinfo import available_timezones

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.accounts.rules import tidy_email
from rihma.base.words import Words
from rihma.programmes import actions, requirements, rules
from rihma.programmes.file import Document, Lack, Problem, Section, Tables, lack_of
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme, Role
from rihma.programmes.types import PhaseLine, ThemeLine

PROGRAMME = s.table(
    "One round: what it is called, why it is, when it runs and who runs it.",
    {
        "slug": s.key(
            "The last part of the programme's address; stays for ever once the programme is public.", most=80
        ),
        "title": s.words("The name of the programme.", most=150),
        "purpose": s.words("What the programme is for, in one sentence.", most=400),
        "description": s.words("What the programme is about. Markdown.", most=s.LONG),
        "starts": s.day("The first day."),
        "ends": s.day("The last day."),
        "time_zone": s.needed_text("The zone of every clock time in the file. Without it: the server's own.", most=60),
        "organisers": s.many("Who arranges it, by name.", s.needed_text("An organisation or a unit.")),
        "partners": s.many("Who helps, by name.", s.needed_text("An organisation.")),
        "contact": s.email("The address that questions go to. It is public."),
        "room_seats": s.whole(
            "How many people fit in the room, all teams together. Without it: 30.", least=1, most=2000
        ),
        "canvas_kinds": s.many("The canvases that each team gets.", s.key("The name of a kind of canvas.")),
    },
    required=["slug", "title", "starts", "ends"],
)
ELIGIBILITY = s.table(
    "What each team must have. The call tells these rules in words and the application form holds teams to them.",
    {
        "state_administration_min": s.whole(
            "Least number of members from the state administration.", most=50, default=0
        ),
        "organisations_min": s.whole("Least number of organisations.", most=50, default=1),
        "theme": s.yes_no("The team must have a theme.", default=True),
        "willing_to_open": s.yes_no("The team must be willing to open its work from the start.", default=False),
        "bounded_experiment": s.yes_no("The team must prepare one bounded experiment.", default=False),
        "completion_days": s.whole(
            "How many days a team that no longer meets the rules has until it does.", least=1, most=365, default=21
        ),
        "unconfirmed_organisations": s.yes_no(
            "Organisations that a team names count before somebody of theirs has confirmed.", default=False
        ),
    },
)
THEME = s.rows(
    "A theme that teams may choose. They may also describe their own.",
    {"title": s.words("The theme in some words.")},
    required=["title"],
)
PHASE = s.rows(
    "A part of the round, such as the call or the experiments.",
    {"title": s.words("The name of the phase."), "starts": s.day("Its first day."), "ends": s.day("Its last day.")},
    required=["title", "starts", "ends"],
)
ROLE = s.rows(
    "Somebody who has a role. Who is not known yet gets an account, which opens with a code sent to the address.",
    {
        "email": s.email("The person's address."),
        "role": s.choice("What the person is in this programme.", Role.Kind.values),
        "name": s.text("The person's name, when they are not known yet."),
        "language": s.choice(
            "The language in which they are written to.", [lang for lang, _name in settings.LANGUAGES]
        ),
    },
    required=["email", "role"],
    most=500,
)


def check(document: Document) -> Iterator[Problem]:
    yield from _check_programme(document)
    yield from requirements.check(document)
    yield from _check_phases(document)
    yield from _check_twice(document, "theme", "title", _("This theme is here twice."))
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(document.rows("role")):
        if "email" not in row or "role" not in row:
            continue
        one = (tidy_email(row["email"]), row["role"])
        if one in seen:
            yield Problem(("role", number, "email"), _("This person has this role already."), _("Remove one of them."))
        seen.add(one)


def _check_programme(document: Document) -> Iterator[Problem]:
    given = document.table("programme")
    slug, zone = given.get("slug"), given.get("time_zone")
    if slug in rules.RESERVED:
        what = _("The address “%(slug)s” is used by the pages themselves.") % {"slug": slug}
        yield Problem(("programme", "slug"), what, _("Choose another, such as %(slug)s.") % {"slug": f"{slug}-1"})
    if slug and Programme.objects.filter(slug=slug).exists():
        what = _("Another programme has the address “%(slug)s”.") % {"slug": slug}
        yield Problem(("programme", "slug"), what, _("Choose another, such as %(slug)s.") % {"slug": f"{slug}-2"})
    if zone is not None and not rules.is_zone(zone):
        close = get_close_matches(zone, available_timezones(), n=1)
        what = _("There is no time zone “%(zone)s”.") % {"zone": zone}
        remedy = _("Did you mean “%(word)s”?") % {"word": close[0] if close else settings.TIME_ZONE}
        yield Problem(("programme", "time_zone"), what, remedy)
    if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
        yield Problem(
            ("programme", "ends"),
            _("The programme ends before it starts."),
            _("Give a day on or after %(day)s.") % {"day": given["starts"].isoformat()},
        )


def _check_phases(document: Document) -> Iterator[Problem]:
    for number, phase in enumerate(document.rows("phase")):
        starts, ends = phase.get("starts"), phase.get("ends")
        if starts and ends and ends < starts:
            remedy = _("Give a day on or after %(day)s.") % {"day": starts.isoformat()}
            yield Problem(("phase", number, "ends"), _("The phase ends before it starts."), remedy)
        yield from document.check_within(("phase", number, "ends"), ends, may_be_before=True)


def _check_twice(document: Document, table: str, key: str, what: str) -> Iterator[Problem]:
    seen: set[Words] = set()
    for number, row in enumerate(document.rows(table)):
        words = Words(row.get(key, {}))
        if words and words in seen:
            yield Problem((table, number, key), what, _("Remove one of them."))
        seen.add(words)


def read(programme: Programme, tables: Tables, by: Person) -> None:
    """Themes, phases and roles; the programme itself was made from its table before."""
    actions.set_themes(programme, [ThemeLine(Words(row["title"])) for row in tables.get("theme", [])], by=by)
    phases = [PhaseLine(Words(row["title"]), row["starts"], row["ends"]) for row in tables.get("phase", [])]
    actions.set_phases(programme, phases, by=by)
    for row in tables.get("role", []):
        language = row.get("language", settings.LANGUAGE_CODE)
        person = get_or_invite(row["email"], name=row["name"], language=language)
        actions.appoint(programme, person, Role.Kind(row["role"]), by=by)


def write(programme: Programme) -> Tables:
    roles = programme.roles.filter(ended_at=None).select_related("person").order_by("pk")
    return {
        "programme": {
            **{name: getattr(programme, name) for name in PROGRAMME["properties"]},
            **{name: getattr(programme, name).to_dict() for name in ("title", "purpose", "description")},
        },
        "eligibility": programme.eligibility,
        "rule": programme.own_rules,
        "theme": [{"title": theme.title.to_dict()} for theme in programme.themes.all()],
        "phase": [
            {"title": phase.title.to_dict(), "starts": phase.starts, "ends": phase.ends}
            for phase in programme.phases.all()
        ],
        "role": [
            {"email": one.person.email, "role": one.role, "name": one.person.name, "language": one.person.language}
            for one in roles
        ],
    }


def lacks(programme: Programme) -> Iterator[Lack]:
    url = reverse("programmes:edit", args=[programme.slug])
    yield from lack_of("title", _("Name of the programme"), programme.title, needed=True, url=url)
    yield from lack_of("purpose", _("Purpose in one sentence"), programme.purpose, needed=True, url=url)
    yield from lack_of("description", _("Description"), programme.description, needed=True, url=url)
    for theme in programme.themes.all():
        what = _("Theme “%(title)s”") % {"title": theme.title}
        yield from lack_of(f"theme-{theme.number}", what, theme.title, url=url)
    for rule in programme.own_rules:
        title, remedy = Words(rule["title"]), Words(rule["remedy"])
        yield from lack_of(f"rule-{rule['key']}", _("Rule “%(title)s”") % {"title": title}, title, url=url)
        what = _("What to do where rule “%(title)s” is not met") % {"title": title}
        yield from lack_of(f"rule-{rule['key']}-remedy", what, remedy, url=url)
    for phase in programme.phases.all():
        what = _("Phase “%(title)s”") % {"title": phase.title}
        yield from lack_of(f"phase-{phase.number}", what, phase.title, url=url)


SECTION = Section(
    tables={
        "programme": PROGRAMME,
        "eligibility": ELIGIBILITY,
        "rule": requirements.RULE,
        "theme": THEME,
        "phase": PHASE,
        "role": ROLE,
    },
    check=check,
    read=read,
    write=write,
    lacks=lacks,
)
