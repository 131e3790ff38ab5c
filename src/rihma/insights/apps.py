from rihma.base.apps import Area


class Insights(Area):
    name = "rihma.insights"
