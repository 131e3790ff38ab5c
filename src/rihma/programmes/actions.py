import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Unpack

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.module_loading import import_string

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.expressions import moved as moved_condition
from rihma.base.seen import check_seen, check_unchanged, mark_of
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes import file, rules
from rihma.programmes.models import Phase, Programme, Role, Theme
from rihma.programmes.queries import (
    in_words,
    lacks_of,
    other_owners,
    owns_one,
    phases_as_filled,
    themes_as_filled,
    unfinished_in,
)
from rihma.programmes.types import Fields, PhaseLine, ThemeLine, fields_of


@transaction.atomic
def create(*, by: Person, **fields: Unpack[Fields]) -> Programme:
    """A draft that its creator owns; nobody else sees it before it is published."""
    programme = _begin(fields, by=by)
    appoint(programme, by, Role.Kind.OWNER, by=by)
    return programme


@transaction.atomic
def import_file(data: bytes, *, by: Person) -> Programme:
    """A draft made from a programme file: all of it, or nothing and every mistake told."""
    checked = file.check(data)
    checked.ensure_good()
    programme = _make(checked.document.tables, by=by)
    record(programme, "imported", scope=programme.pk, by=by, digest=hashlib.sha256(data).hexdigest())
    return programme


@transaction.atomic
def copy(programme: Programme, slug: str, starts: date, *, by: Person) -> Programme:
    """The next round as a draft: the same texts, places and roles, every date moved by whole weeks; no teams."""
    _check_slug(slug, None)
    weeks = rules.weeks_between(programme.starts, starts)
    tables = file.moved(file.tables_of(programme), weeks)
    tables["programme"]["slug"] = slug
    for rule in tables.get("rule", []):
        rule["holds"] = moved_condition(rule["holds"], timedelta(weeks=weeks))
    checked = file.check_tables({"rihma": file.VERSION, **tables})
    rules.check_may_copy([str(problem) for problem in checked.problems])
    new = _make(checked.document.tables, by=by)
    new.copied_from = programme
    new.save(update_fields=["copied_from"])
    record(new, "copied", scope=new.pk, by=by, of=str(programme.pk), weeks=weeks)
    return new


# Whether a team meets the rules hangs on these.
RULED = {"eligibility", "own_rules", "starts", "ends", "time_zone"}


@transaction.atomic
def edit(programme: Programme, *, seen: str | None = None, by: Person, **changes: Unpack[Fields]) -> Programme:
    """History keeps which fields changed, and what the dates and the address were."""
    programme = _locked(programme)
    check_unchanged(programme, changes, seen)
    changed = [name for name, value in changes.items() if getattr(programme, name) != value]
    if not changed:
        return programme
    before = {name: str(getattr(programme, name)) for name in changed if name in ("slug", "starts", "ends")}
    _check_slug(changes.get("slug", programme.slug), programme)
    rules.check_zone(changes.get("time_zone", programme.time_zone), programme.time_zone, public=programme.is_public)
    for name in changed:
        setattr(programme, name, changes[name])  # type: ignore[literal-required] # the names are the keys themselves
    rules.check_dates(programme.starts, programme.ends)
    programme.save(update_fields=changed)
    record(programme, "edited", scope=programme.pk, by=by, fields=changed, before=before)
    if RULED & set(changed):
        import_string(settings.RULES_CHANGED)(programme)
    return programme


@transaction.atomic
def set_themes(programme: Programme, lines: Sequence[ThemeLine], *, seen: str | None = None, by: Person) -> None:
    """The themes in their new order. One that a team works on can be reworded, not dropped."""
    programme = _locked(programme)
    if seen is not None:
        check_seen(seen, mark_of(themes_as_filled(programme)))
    known = {theme.pk: theme for theme in programme.themes.all()}
    if [(theme.pk, theme.title) for theme in known.values()] == [(line.id, line.title) for line in lines]:
        return
    kept = {line.id for line in lines}
    for theme in known.values():
        if theme.pk not in kept:
            _drop(theme)
    # Numbers are unique, so the kept ones make room before they take their new places.
    for theme in programme.themes.order_by("-number"):
        Theme.objects.filter(pk=theme.pk).update(number=theme.number + len(known) + len(lines))
    for number, line in enumerate(lines, start=1):
        if line.id in known:
            Theme.objects.filter(pk=line.id).update(number=number, title=line.title)
        else:
            Theme.objects.create(programme=programme, number=number, title=line.title)
    record(programme, "edited", scope=programme.pk, by=by, fields=["themes"])


@transaction.atomic
def set_phases(programme: Programme, lines: Sequence[PhaseLine], *, seen: str | None = None, by: Person) -> None:
    programme = _locked(programme)
    if seen is not None:
        check_seen(seen, mark_of(phases_as_filled(programme)))
    known = [PhaseLine(phase.title, phase.starts, phase.ends) for phase in programme.phases.all()]
    if known == list(lines):
        return
    for line in lines:
        rules.check_dates(line.starts, line.ends)
    programme.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(programme=programme, number=number, title=line.title, starts=line.starts, ends=line.ends)
        for number, line in enumerate(lines, start=1)
    )
    record(programme, "edited", scope=programme.pk, by=by, fields=["phases"])


@transaction.atomic
def publish(programme: Programme, *, although: str = "", by: Person) -> Programme:
    """Everybody may see it from now on. `although`: why it goes out before every text is there in Finnish and Swedish."""
    programme = _locked(programme)
    rules.check_may_move(programme.state, Programme.State.PUBLISHED)
    lacks = lacks_of(programme)
    rules.check_may_publish(lacks, in_words(lacks), although)
    programme.state = Programme.State.PUBLISHED
    programme.published_at = clock.now()
    programme.published_although = although.strip() if lacks else ""
    programme.save(update_fields=["state", "published_at", "published_although"])
    lacking = [f"{lack.key}:{lang}" for lack in lacks for lang in lack.languages]
    record(programme, "published", scope=programme.pk, by=by, lacking=lacking)
    return programme


@transaction.atomic
def close(programme: Programme, *, by: Person) -> Programme:
    """The round is over: nothing new begins in it, all of it stays to be read."""
    programme = _locked(programme)
    rules.check_may_move(programme.state, Programme.State.CLOSED)
    rules.check_may_close(unfinished_in(programme))
    programme.state = Programme.State.CLOSED
    programme.save(update_fields=["state"])
    record(programme, "closed", scope=programme.pk, by=by)
    return programme


@transaction.atomic
def reopen(programme: Programme, *, by: Person) -> Programme:
    """Rounds run longer than planned: the one of 2022 went on from June to September."""
    programme = _locked(programme)
    rules.check_may_reopen(programme.state)
    programme.state = Programme.State.PUBLISHED
    programme.save(update_fields=["state"])
    record(programme, "reopened", scope=programme.pk, by=by)
    return programme


@transaction.atomic
def appoint(programme: Programme, person: Person, role: Role.Kind, *, by: Person) -> Role:
    """Give somebody a role; giving it twice does nothing."""
    given, new = Role.objects.get_or_create(
        programme=programme, person=person, role=role, ended_at=None, defaults={"since": clock.now()}
    )
    if new:
        record(programme, "appointed", scope=programme.pk, by=by, person=str(person.pk), role=str(role))
    return given


@transaction.atomic
def appoint_by_email(programme: Programme, *, email: str, name: str = "", role: Role.Kind, by: Person) -> Role:
    """The same for somebody known by their address, who gets a mail about it."""
    person = get_or_invite(email, name=name, language=by.language)
    given = appoint(programme, person, role, by=by)
    tell(
        "programmes/notices/appointed",
        person,
        key=str(given.pk),
        scope=programme.pk,
        role=given,
        programme=programme,
        by=by,
    )
    return given


@transaction.atomic
def end_role(role: Role, *, by: Person) -> Role:
    """What the person could see as this, they cannot see from now on; that they could, stays known."""
    programme = _locked(role.programme)
    rules.check_may_end(role.role, other_owners(role))
    role.ended_at = clock.now()
    role.save(update_fields=["ended_at"])
    record(programme, "ended_role", scope=programme.pk, by=by, person=str(role.person_id), role=role.role)
    return role


def _begin(fields: Fields, *, by: Person) -> Programme:
    rules.check_may_create(is_staff=by.is_staff, owns_one=owns_one(by))
    _check_slug(fields["slug"], None)
    rules.check_dates(fields["starts"], fields["ends"])
    try:
        with transaction.atomic():
            programme = Programme.objects.create(created_at=clock.now(), **fields)
    except IntegrityError as error:
        # somebody took the address since it was looked at
        raise rules.slug_taken() from error
    record(programme, "created", scope=programme.pk, by=by)
    return programme


def _make(tables: file.Tables, *, by: Person) -> Programme:
    """From checked tables. Whoever makes it runs it too, so that nobody loses sight of what they made."""
    programme = _begin(fields_of(tables), by=by)
    for section in file.sections():
        section.read(programme, tables, by)
    runs_it = Programme.objects.run_by(by).filter(pk=programme.pk).exists()
    if not runs_it or not programme.roles.filter(role=Role.Kind.OWNER).exists():
        appoint(programme, by, Role.Kind.OWNER, by=by)
    return programme


def _drop(theme: Theme) -> None:
    try:
        theme.delete()
    except ProtectedError as error:
        raise rules.theme_in_use(str(theme)) from error


def _check_slug(slug: str, programme: Programme | None) -> None:
    others = Programme.objects.filter(slug=slug)
    was, public = "", False
    if programme:
        others, was, public = others.exclude(pk=programme.pk), programme.slug, programme.is_public
    rules.check_slug(slug, was, public=public, taken=others.exists())


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)
