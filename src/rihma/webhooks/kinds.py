from django.apps import apps

from rihma.base.apps import Area


def kinds() -> dict[str, str]:
    """Type → what happened, as each area declares it in its apps.py."""
    areas = (area for area in apps.get_app_configs() if isinstance(area, Area))
    return {kind: str(words) for area in areas for kind, words in area.hooks.items()}
