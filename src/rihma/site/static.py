"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from servestatic import __version__ as servestatic_version
from servestatic.asgi import ServeStaticASGI
from servestatic.storage import CompressedManifestStaticFilesStorage

from rihma.site import joined

MARK = ".collected"
MANIFEST = "staticfiles.json"
PACKED = (".gz", ".br", ".zstd")
KEPT_FOR = timedelta(days=7)


type Found = Mapping[str, tuple[Storage, str]]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Our modules and style sheets hold what they import; where nothing was collected, plain names are given out."""

    support_js_module_import_aggregation = True
    # Many, because each link of a chain of imports takes one pass.
    max_post_process_passes = 20

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_urls: dict[str, str] = {}

    def post_process(self, paths: Found, *args: Any, **kwargs: Any) -> Iterator[Any]:
        whole = _Joined(paths)
        wanted = {name: (whole, name) if whole.is_ours(name) else found for name, found in paths.items()}
        yield from super().post_process(wanted, *args, **kwargs)

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - as Django calls it
        """Each page names some twenty files, and a file's name does not change while the server runs."""
        if not self.hashed_files or name is None:
            return super().url(name or "", force)
        return self.known_urls.get(name) or self.known_urls.setdefault(name, super().url(name, force))


class _Joined:
    """Opens what finders found, our modules and style sheets with all that they import."""

    def __init__(self, paths: Found) -> None:
        self.paths = paths
        self.areas = {area.label for area in apps.get_app_configs() if area.name.startswith("rihma.")}

    def is_ours(self, name: str) -> bool:
        return name.endswith((".css", ".js")) and name.partition("/")[0] in self.areas

    def open(self, name: str) -> ContentFile[bytes]:
        return ContentFile(joined.joined(name, self.read).encode())

    def read(self, name: str) -> str:
        storage, path = self.paths[name]
        with storage.open(path) as file:
            text: bytes = file.read()
        return text.decode()


def collect_if_changed() -> bool:
    """Collect into DATA/static unless the same files were collected before. Old names stay for pages still open."""
    root = Path(settings.STATIC_ROOT)
    mark = root / MARK
    wanted = fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return False
    for name in set(_manifest(root).values()):
        for path in _copies(root / name):
            # Says when the file was last of use.
            path.touch()
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted)
    return True


def prune(now: datetime) -> list[Path]:
    """Remove what no page has named for a week, since each update leaves the files of before behind."""
    root = Path(settings.STATIC_ROOT)
    named = {copy for pair in _manifest(root).items() for name in pair for copy in _copies(root / name)}
    if not named:
        return []
    named |= {root / MARK, root / MANIFEST}
    long_ago = (now - KEPT_FOR).timestamp()
    old = [path for path in root.rglob("*") if path.is_file() and path not in named and path.stat().st_mtime < long_ago]
    for path in old:
        path.unlink()
    return old


def _manifest(root: Path) -> dict[str, str]:
    """Name of a file → its name with the hash."""
    path = root / MANIFEST
    found: dict[str, str] = json.loads(path.read_text())["paths"] if path.exists() else {}
    return found


def _copies(path: Path) -> list[Path]:
    packed = (path.with_name(path.name + ending) for ending in PACKED)
    return [each for each in (path, *packed) if each.exists()]


def fingerprint() -> str:
    digest = hashlib.sha256(servestatic_version.encode() + Path(joined.__file__).read_bytes())
    for line in sorted(_sources()):
        digest.update(line.encode())
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            yield f"{path} {stat.st_size} {stat.st_mtime_ns}\n"


def static_files(otherwise: Any) -> Any:
    """Answers for static files before Django is asked; in debugging straight from where they lie."""
    if settings.DEBUG:
        return _Found(otherwise)
    files = ServeStaticASGI(
        otherwise,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    for name in (MARK, MANIFEST):
        files.files.pop(settings.STATIC_URL + name, None)
    return files


class _Found(ServeStaticASGI):
    def __init__(self, otherwise: Any) -> None:
        super().__init__(otherwise, autorefresh=True, max_age=0, add_headers_function=_add_headers)

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        if url.startswith(settings.STATIC_URL):
            path = find(url.removeprefix(settings.STATIC_URL))
            if path:
                yield path


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
