"""Programmes as files, for those who keep the server. Pages call the same actions."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.programmes import actions
from rihma.programmes import file as programme_file
from rihma.programmes.models import Programme


def import_file(*, path: Path, by: str) -> int:
    return _made(lambda: actions.import_file(path.read_bytes(), by=_person(by)))


def export(*, slug: str) -> int:
    sys.stdout.write(programme_file.write(_programme(slug)))
    return 0


def copy(*, slug: str, new_slug: str, starts: date, by: str) -> int:
    return _made(lambda: actions.copy(_programme(slug), new_slug, starts, by=_person(by)))


def _made(make: Callable[[], Programme]) -> int:
    with translation.override("en"):
        try:
            programme = make()
        except programme_file.BadFile as bad:
            for problem in bad.problems:
                sys.stderr.write(f"{problem}\n")
            sys.exit(str(bad))
        except Refused as refused:
            sys.exit(str(refused))
        sys.stdout.write(f"{settings.BASE_URL}{programme.get_absolute_url()}\n")
    return 0


def _programme(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    return found or sys.exit(f"There is no programme with the address {slug}.")


def _person(email: str) -> Person:
    if email:
        known = Person.objects.with_email(email)
        return known or sys.exit(f"Nobody is known by {email}.")
    staff = list(Person.objects.filter(is_staff=True, is_active=True)[:2])
    if len(staff) == 1:
        return staff[0]
    sys.exit("Say whose programme it becomes: --by EMAIL.")
