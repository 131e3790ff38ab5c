"""Weighs a feature: the lines a reader must open to follow it, in the order a request travels."""

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src/rihma"
FEATURES = {
    "submit": [
        "applications/urls.py",
        "applications/views.py",
        "applications/templates/applications/submit.html",
        "applications/actions/submitting.py",
        "applications/rules/submitting.py",
        "applications/models/application.py",
        "applications/templates/applications/receipt.html",
        "applications/templates/applications/notices/receipt.txt",
        "base/refused.py",
        "history/actions.py",
        "notices/actions.py",
    ],
}


def weight(feature: str) -> dict[str, int]:
    """Lines of each file; a file that became a folder weighs what lies in it."""
    return {name: sum(map(lines, opened(PACKAGE / name))) for name in FEATURES[feature]}


def opened(path: Path) -> list[Path]:
    folder = path.with_suffix("")
    return sorted(folder.rglob("*.py")) if folder.is_dir() and not path.exists() else [path]


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


if __name__ == "__main__":
    for feature in sys.argv[1:] or FEATURES:
        weighed = weight(feature)
        print(f"{feature}: {sum(weighed.values())} lines in {len(weighed)} files")
        for name, count in weighed.items():
            print(f"{count:6}  {name}")
