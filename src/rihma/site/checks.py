"""What must hold before real people come: each refusal with its reason and its remedy."""

import sqlite3
import stat
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from rihma.base.access import POLICY
from rihma.site.secrets import SHORTEST

# Not asked, because these packages say it in each view of theirs; ninja takes `auth=` of every operation.
ELSEWHERE = ("allauth.", "ninja.")
WAL_RESET_MENDED = (3, 51, 3)
SYNCHRONOUS_FULL = 2
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs"}

type Apps = Sequence[AppConfig] | None


@register(Tags.urls)
def every_view_says_who_may_knock(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    for route, view in _views(get_resolver().url_patterns):
        if not _module_of(view).startswith(ELSEWHERE) and not hasattr(view, POLICY):
            yield Error(
                f"Nobody has said who may open /{route}.",
                hint="Put @public or @signed_in (rihma.accounts.access) on the view.",
                obj=f"{_module_of(view)}.{getattr(view, '__name__', view)}",
                id="rihma.E001",
            )


def _views(patterns: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def _module_of(view: Any) -> str:
    view = view.func if isinstance(view, partial) else view
    return str(getattr(getattr(view, "view_class", view), "__module__", ""))


@register(Tags.security, deploy=True)
def settings_are_fit_for_people(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    if not settings.ON_LOOPBACK:
        yield from _fit_for_the_net()
    elif settings.DEMO and settings.BIND not in settings.LOOPBACK:
        yield Warning(
            f"The demo listens on {settings.BIND}: whoever reaches this machine can sign in as anybody in it.",
            hint="Leave out RIHMA_BIND, unless something in front keeps others away.",
            id="rihma.W014",
        )
    if len(settings.SECRET_KEY) < SHORTEST:
        yield Error(
            f"The secret key is short: {len(settings.SECRET_KEY)} characters. Sessions signed with it can be forged.",
            hint=f"Set RIHMA_SECRET_KEY to at least {SHORTEST} random characters, or leave it out: one is made and kept.",
            id="rihma.E005",
        )
    if settings.SMTP_URL and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Error(
            "Mail would come from rihma@localhost, which mail servers throw away.",
            hint="Set RIHMA_MAIL_FROM to an address of yours.",
            id="rihma.E010",
        )
    mail = urlsplit(settings.SMTP_URL)
    if mail.scheme == "smtp" and mail.password and mail.hostname not in settings.LOOPBACK:
        yield Warning(
            "The password of the mail server goes over the network in clear text.",
            hint="Begin RIHMA_SMTP_URL with starttls:// or smtps://.",
            id="rihma.W011",
        )


def _fit_for_the_net() -> Iterator[CheckMessage]:
    if not settings.HTTPS:
        yield Error(
            f"{settings.BASE_URL} is not https: sign-in codes and sessions could be read on the way.",
            hint="Set RIHMA_BASE_URL to the https address that people use, and end TLS in a proxy before Rihma.",
            id="rihma.E002",
        )
    if settings.DEBUG:
        yield Error(
            "Debugging is on: error pages would show code and settings to everybody.",
            hint="Leave out RIHMA_DEBUG.",
            id="rihma.E003",
        )
    if settings.DEMO:
        yield Error(
            "This is a demo: everybody could read the mail of everybody, sign-in codes too.",
            hint="Use `rihma serve` without RIHMA_DEMO, or set RIHMA_BASE_URL to an address of this machine only.",
            id="rihma.E004",
        )
    elif not settings.SMTP_URL:
        yield Error(
            "No mail server is set, so nobody would get their sign-in code.",
            hint="Set RIHMA_SMTP_URL, as in starttls://user:password@mail.example:587.",
            id="rihma.E009",
        )


@register(Tags.security, deploy=True)
def data_folder_is_private(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    if settings.DEMO:
        return
    mode = stat.S_IMODE(settings.DATA.stat().st_mode)
    if mode & stat.S_IRWXO:
        yield Error(
            f"Everybody on this machine can look into {settings.DATA} (mode {mode:o}).",
            hint=f"chmod 700 {settings.DATA}",
            id="rihma.E006",
        )


@register(Tags.database)
def database_keeps_what_it_took(
    app_configs: Apps,
    databases: Sequence[str] | None = None,
    **_kwargs: Any,
) -> Iterator[CheckMessage]:
    for alias in databases or []:
        match connections[alias].vendor:
            case "sqlite":
                yield from _sqlite(alias)
            case "postgresql":
                yield from _postgresql(alias)


def _sqlite(alias: str) -> Iterator[CheckMessage]:
    name = str(connections[alias].settings_dict["NAME"])
    wanted = {"synchronous": SYNCHRONOUS_FULL, "foreign_keys": 1, "journal_mode": "wal"}
    with connections[alias].cursor() as cursor:
        found = {pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in wanted}
    for pragma, value in wanted.items():
        if found[pragma] != value and "memory" not in name:
            yield Error(
                f"SQLite runs with {pragma}={found[pragma]}: what was shown as saved could be lost or left dangling.",
                hint=f"Keep PRAGMA {pragma}={value} in the database's init_command.",
                id="rihma.E007",
            )
    if sqlite3.sqlite_version_info < WAL_RESET_MENDED and not settings.DEMO:
        yield Warning(
            f"SQLite {sqlite3.sqlite_version} can, very rarely, damage a file that several write to (its WAL-reset bug).",
            hint="Use a Python with SQLite 3.51.3 or later, or PostgreSQL through DATABASE_URL. Back up meanwhile.",
            id="rihma.W008",
        )
    if file_system_of(Path(name), _mounts()) in NETWORK_FILE_SYSTEMS:
        yield Error(
            f"{name} lies on a network file system, where SQLite's locks do not hold.",
            hint="Put RIHMA_DATA on a disk of this machine, or use PostgreSQL through DATABASE_URL.",
            id="rihma.E012",
        )


def _mounts() -> list[tuple[str, str]]:
    table = Path("/proc/mounts")
    lines = table.read_text(errors="replace").splitlines() if table.exists() else []
    return [(fields[1], fields[2]) for fields in (line.split() for line in lines)]


def file_system_of(path: Path, mounts: Sequence[tuple[str, str]]) -> str:
    """The kind of the deepest mount that holds the path."""
    holding = [(place, kind) for place, kind in mounts if path.resolve().is_relative_to(place)]
    return max(holding, key=lambda mount: len(mount[0]), default=("", ""))[1]


def _postgresql(alias: str) -> Iterator[CheckMessage]:
    with connections[alias].cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {setting}")
            (value,) = cursor.fetchone()
            if value in {"off", "local"}:
                yield Error(
                    f"PostgreSQL runs with {setting}={value}: what was shown as saved could be lost with the power.",
                    hint=f"Set {setting} = on in postgresql.conf.",
                    id="rihma.E013",
                )
