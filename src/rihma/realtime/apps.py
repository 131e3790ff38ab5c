from rihma.base.apps import Area


class RealtimeConfig(Area):
    name = "rihma.realtime"
