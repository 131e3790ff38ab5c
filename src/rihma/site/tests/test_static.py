"""Static files under hashed names: what a page loads exists, and modules find each other."""

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import override_settings
from pytest_django import Settings

from rihma.base import clock
from rihma.site.static import MANIFEST, MARK, HashedFiles, collect_if_changed, prune

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([./][^"']+)["']""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        assert collect_if_changed() is True
        yield folder


def test_second_collection_finds_nothing_to_do(collected: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = collected
    assert collect_if_changed() is False


def test_file_of_before_goes_a_week_after_it_was_last_named(collected: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = collected
    before = set(collected.rglob("*"))
    just_now, long_ago = clock.now() - timedelta(days=6), clock.now() - timedelta(days=8)
    recent = left_behind(collected / "base/css/page.aaaaaaaaaaaa.css", just_now)
    old = left_behind(collected / "base/css/page.bbbbbbbbbbbb.css.gz", long_ago)
    assert prune(clock.now()) == [old]
    assert set(collected.rglob("*")) == before | {recent}
    assert prune(clock.now() + timedelta(days=400)) == [recent]
    assert set(collected.rglob("*")) == before


def left_behind(path: Path, at: datetime) -> Path:
    path.write_text("")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_week_begins_when_other_files_take_their_place(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    collect_if_changed()
    name = json.loads((tmp_path / MANIFEST).read_text())["paths"]["base/css/page.css"]
    served = left_behind(tmp_path / name, clock.now() - timedelta(days=30))
    (tmp_path / MARK).write_text("of an older release")
    collect_if_changed()
    assert served.stat().st_mtime > (clock.now() - timedelta(days=1)).timestamp()


def test_each_import_leads_to_a_hashed_file(collected: Path) -> None:
    served = json.loads((collected / MANIFEST).read_text())["paths"].values()
    modules = [collected / name for name in served if name.endswith(".js")]
    broken = [
        (module.name, name)
        for module in modules
        for name in IMPORT.findall(COMMENT.sub("", module.read_text()))
        if not HASHED.search(name) or not (module.parent / name).resolve().exists()
    ]
    assert modules
    assert broken == []


def test_each_text_has_a_compressed_copy(collected: Path) -> None:
    styles = [path for path in collected.rglob("*.css") if HASHED.search(path.name) and path.stat().st_size > 1000]
    assert styles
    assert [path for path in styles if not path.with_name(f"{path.name}.gz").exists()] == []


def test_without_a_collection_plain_names_are_given(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert HashedFiles().url("base/css/page.css") == "/static/base/css/page.css"
    assert staticfiles_storage.url("base/css/page.css").startswith("/static/base/css/page")
