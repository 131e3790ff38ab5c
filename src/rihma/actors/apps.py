from rihma.base.apps import Area


class Actors(Area):
    name = "rihma.actors"
