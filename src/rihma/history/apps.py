from rihma.base.apps import Area


class History(Area):
    name = "rihma.history"
