from rihma.base.apps import Area


class Site(Area):
    name = "rihma.site"
