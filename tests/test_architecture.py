"""The one drawing of the system is the layer list in pyproject.toml.

import-linter holds Python imports to it. This holds the three other ways in which
one area can lean on another: foreign keys, templates and browser modules.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/rihma"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS: list[str] = next(c["layers"] for c in CONTRACTS if c.get("containers") == ["rihma"])
HEIGHT = {area.strip(" ()"): height for height, layer in enumerate(reversed(LAYERS)) for area in layer.split("|")}

TEMPLATE_USE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^/"']+)/""")
MODULE_USE = re.compile(r"""(?:from|import)\s*\(?\s*["'](?:\.\./)+([^/"']+)/""")
# Only the commands that need them may pay for these: seconds of start and a hundred megabytes.
HEAVY = {"scipy", "numpy", "weasyprint", "networkx", "networkit", "rustworkx", "highspy", "jsonschema"}


def leans_up(user: str, used: str) -> bool:
    return used in HEIGHT and used != user and HEIGHT[used] >= HEIGHT[user]


def area_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def upward_keys(model: type[Model]) -> list[str]:
    keys = [field for field in model._meta.get_fields() if isinstance(field, Field) and field.is_relation]
    pairs = [(field, field.related_model) for field in keys if isinstance(field.related_model, type)]
    return [
        f"{model._meta.label}.{field.name} -> {other._meta.label}"
        for field, other in pairs
        if leans_up(model._meta.app_label, other._meta.app_label)
    ]


def test_every_area_stands_in_the_layers() -> None:
    areas = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert areas - HEIGHT.keys() == set()


def test_foreign_keys_point_down() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]
    assert [key for model in ours for key in upward_keys(model)] == []


def test_no_key_points_at_just_anything() -> None:
    generic = [m._meta.label for m in apps.get_models() if m._meta.app_label in HEIGHT and m._meta.private_fields]
    assert generic == []


@pytest.mark.parametrize(("suffix", "pattern"), [(".html", TEMPLATE_USE), (".txt", TEMPLATE_USE), (".js", MODULE_USE)])
def test_templates_and_modules_use_only_what_is_below(suffix: str, pattern: re.Pattern[str]) -> None:
    upward = [
        f"{path.relative_to(ROOT)} uses {used}"
        for path in sorted(PACKAGE.rglob(f"*{suffix}"))
        for used in pattern.findall(path.read_text(encoding="utf-8"))
        if leans_up(area_of(path), used)
    ]
    assert upward == []


def test_starting_the_site_loads_nothing_heavy() -> None:
    look = "import rihma.site.wsgi, rihma.site.urls, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert HEAVY & {name.partition(".")[0] for name in done.stdout.split()} == set()
