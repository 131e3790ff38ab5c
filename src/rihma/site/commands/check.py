import sys

from django.conf import settings
from django.core.checks import ERROR, CheckMessage, run_checks
from django.db import DEFAULT_DB_ALIAS, OperationalError


def run() -> int:
    found = look_around()
    if not found:
        sys.stdout.write("Nothing unsafe was found.\n")
    return 1 if tell(found) else 0


def look_around() -> list[CheckMessage]:
    try:
        found = run_checks(include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
    except OperationalError as problem:
        sys.exit(f"The database cannot be reached: {problem}")
    return [each for each in found if not each.is_silenced() and not is_about_https(each)]


def is_about_https(each: CheckMessage) -> bool:
    """Left out on this machine alone, because Django's own advice is all about that."""
    return settings.ON_LOOPBACK and str(each.id).startswith("security.")


def tell(found: list[CheckMessage]) -> bool:
    """Print each on standard error; answer whether one of them is too bad to go on."""
    for each in sorted(found, key=lambda each: -each.level):
        word = "Unsafe" if each.level >= ERROR else "Mind"
        about = f" ({each.obj})" if each.obj else ""
        sys.stderr.write(f"{word}: {each.msg}{about} [{each.id}]\n")
        if each.hint:
            sys.stderr.write(f"        {each.hint}\n")
    return any(each.level >= ERROR for each in found)
