import sys
from collections.abc import Callable
from socket import socket

from django.conf import settings
from django.db import connection

from rihma.base import clock
from rihma.site import server
from rihma.site.commands.check import look_around, tell
from rihma.site.commands.visit import wait_until_it_answers
from rihma.site.health import pending_migrations
from rihma.site.static import collect_if_changed, prune


def run() -> int:
    listener = take_port(settings.PORT)
    return start(listener, lambda: announce(""))


def take_port(port: int) -> socket:
    try:
        return server.listen(settings.BIND, port)
    except server.Taken as problem:
        sys.exit(
            f"Port {port} of {settings.BIND} cannot be used ({problem}). Stop what listens there, or set RIHMA_PORT."
        )


def start(listener: socket, ready: Callable[[], None]) -> int:
    """Look around, prepare the static files and serve. `ready` is called once the server answers."""
    if tell(look_around()):
        sys.exit("Rihma does not start with unsafe settings.")
    pending = pending_migrations()
    if pending:
        sys.exit(
            f"The tables of the database are not up to date ({len(pending)} steps behind): run `rihma manage migrate`."
        )
    # This thread asks nothing more of the database, and a line held for it is one that nobody else gets.
    connection.close()
    collect_if_changed()
    prune(clock.now())

    def once_it_answers() -> None:
        if wait_until_it_answers(listener):
            ready()

    return server.run(listener, once_it_answers)


def announce(more: str) -> None:
    sys.stdout.write(f"Rihma is ready at {settings.BASE_URL}\n{more}")
    sys.stdout.flush()
