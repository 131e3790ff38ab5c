"""The `rihma` command. What a command needs is imported when it runs, so that help comes at once."""

import os
import sys
from importlib import import_module
from typing import Annotated

import typer

app = typer.Typer(
    help=(
        "Rihma runs an ecosystem programme end to end: open call, teams, workshops, experiments, lessons.\n\n"
        "Settings come from the environment (RIHMA_PORT, RIHMA_DATA, RIHMA_BASE_URL …): see docs/settings.md. "
        "To look around, run `rihma demo`."
    ),
    no_args_is_help=True,
    add_completion=False,
    # Plain help comes in half the time.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command()
def demo(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is in the demo as one JSON object, and do not serve.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Serve on a free port, open two pages, and stop: 0 if all went well.")
    ] = False,
) -> None:
    """Fill this machine with an invented round, and serve it.

    The first time, the database is made and programmes and people are loaded; later they are as you left them.

    Nothing leaves the machine: mail is kept in the data folder and shown under /en/mail/.
    """
    os.environ["RIHMA_DEMO"] = "1"
    _run("demo", as_json=as_json, check=check)


@app.command()
def serve() -> None:
    """Serve pages, files and jobs in one process.

    Listens on RIHMA_BIND:RIHMA_PORT. Refuses to start with settings that are unsafe for real people, and says which.
    """
    _run("serve")


@app.command()
def worker() -> None:
    """Do the jobs, such as sending mail, elsewhere.

    Needed only where the servers run with RIHMA_WORKER=0. Several may run beside each other.
    """
    _run("worker")


@app.command()
def check() -> None:
    """Say what is unsafe, and what to do about it.

    Looks at the settings and the database as `rihma serve` does before it starts. Answers 1 if something is.
    """
    _run("check")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """Run one of Django's commands, as in `rihma manage migrate`."""
    import_module("django.core.management").execute_from_command_line(["rihma manage", *context.args])


def _run(command: str, **options: object) -> None:
    try:
        import_module("django").setup()
    except ValueError as problem:
        sys.exit(f"The settings cannot be read: {problem}")
    raise typer.Exit(import_module(f"{__name__}.{command}").run(**options))
