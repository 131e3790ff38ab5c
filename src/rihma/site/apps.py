from importlib import import_module

from rihma.base.apps import Area


class Site(Area):
    name = "rihma.site"

    def ready(self) -> None:
        import_module("rihma.site.checks")
