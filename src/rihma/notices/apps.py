from rihma.base.apps import Area


class Notices(Area):
    name = "rihma.notices"
