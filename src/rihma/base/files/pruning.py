"""Files that no row speaks of: written just before a server died, or before a row was refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.apps import apps
from django.utils.module_loading import import_string

from rihma.base.apps import Area
from rihma.base.files import store

# So long that nobody can be in the middle of sending one.
LEFT_BEHIND = timedelta(hours=24)


def prune(now: datetime) -> int:
    """How many went. The worker does it now and then, `rihma manage prune_files` at once."""
    # First the files, then the rows: one that is sent meanwhile is then among the rows at least.
    found = set(store.older_than(now - LEFT_BEHIND))
    left = found - known().keys()
    for name in left:
        store.drop(name)
    return len(left)


def known() -> Mapping[str, str]:
    """Every file that a row of any area speaks of → what that row is."""
    areas = (one for one in apps.get_app_configs() if isinstance(one, Area) and one.files)
    return {name: told for area in areas for name, told in import_string(area.files)().items()}


def missing() -> list[str]:
    """Rows without their file, in words: what a backup lost that took the database only."""
    return [f"{name} of {told}" for name, told in known().items() if not store.holds(name)]
