"""The demo: the database is made, filled once by the product's own actions, and served on this machine."""

import json
import os
import signal
import sys
from importlib import import_module
from socket import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from rihma.base import clock
from rihma.notices.delivery import deliver_due
from rihma.site import server
from rihma.site.commands.serve import announce, start, take_port
from rihma.site.commands.visit import open_page


def run(*, as_json: bool, check: bool) -> int:
    if as_json:
        sys.stdout.write(json.dumps(_made(), ensure_ascii=False, indent=2, default=str) + "\n")
        return 0
    listener = server.listen(settings.BIND, 0) if check else take_port(settings.PORT)
    facts = _made()
    if check:
        return _check(listener)
    return start(listener, lambda: announce(people(facts)))


def _made() -> dict[str, Any]:
    """What is in the demo, after loading it unless it was there."""
    say("Preparing the database …")
    call_command("migrate", verbosity=0)
    say("Loading the demo …")
    # A name, because importing it loads every area, which takes longer than to say so.
    facts: dict[str, Any] = import_module("rihma.site.demo").load()
    # Its mail is there to be read even before the server, which would deliver it, is started.
    deliver_due(clock.now())
    return facts


def people(facts: dict[str, Any]) -> str:
    everybody = facts.get("people", {})
    lines = [f"  {role:16} {who['name']:22} {who['sign_in_url']}\n" for role, who in everybody.items()]
    return "\nSign in as\n" + "".join(lines) + "\nStop with Ctrl+C.\n"


def _check(listener: socket) -> int:
    answers: dict[str, int] = {}

    def visit() -> None:
        for path in ("/", reverse(settings.LOGIN_URL)):
            answers[path] = open_page(listener, path)
        os.kill(os.getpid(), signal.SIGTERM)

    code = start(listener, visit)
    well = len(answers) > 1 and set(answers.values()) == {200}
    for path, status in answers.items():
        say(f"{status} {path}")
    say("The demo works." if well and not code else "The demo does not work.")
    return 0 if well and not code else 1


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
