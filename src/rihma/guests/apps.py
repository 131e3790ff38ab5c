from rihma.base.apps import Area


class GuestsConfig(Area):
    name = "rihma.guests"
