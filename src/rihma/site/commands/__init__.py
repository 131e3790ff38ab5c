"""The `rihma` command. What a command needs is imported when it runs, so that help comes at once."""

import os
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
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
    # Plain, so that help comes in half the time.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


programme = typer.Typer(help="Read a programme file, write one, or make the next round.", no_args_is_help=True)
app.add_typer(programme, name="programme")

By = Annotated[
    str,
    typer.Option(metavar="EMAIL", help="Whose programme it becomes. Without it: the only member of staff there is."),
]


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


@app.command()
def retention(
    *,
    delete: Annotated[bool, typer.Option("--delete", help="Delete it now instead of within the day.")] = False,
) -> None:
    """Say what has been kept for long enough, a line each.

    As each programme set it on its page of numbers and retention. The worker deletes it once a day.
    """
    _run("retention", delete=delete)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """Run one of Django's commands, as in `rihma manage migrate`."""
    import_module("django.core.management").execute_from_command_line(["rihma manage", *context.args])


@programme.command(name="import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="A programme file (docs/programme-file.md).", exists=True, dir_okay=False)
    ],
    by: By = "",
) -> None:
    """Make a draft from a programme file.

    All of it or nothing: with mistakes in the file, each is said with its line and what to do.
    """
    _run("programme", "import_file", path=file, by=by)


@programme.command()
def export(slug: Annotated[str, typer.Argument(help="The last part of the programme's address.")]) -> None:
    """Write a programme as a file, to standard output."""
    _run("programme", "export", slug=slug)


@programme.command(name="copy")
def copy(
    slug: Annotated[str, typer.Argument(help="The last part of the programme's address.")],
    new_slug: Annotated[str, typer.Argument(help="The last part of the copy's address.")],
    starts: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The first day of the copy, about.")
    ],
    by: By = "",
) -> None:
    """Make the next round, as a draft.

    Texts, places and roles stay, every date moves by whole weeks, and there are no teams in it.
    """
    _run("programme", "copy", slug=slug, new_slug=new_slug, starts=starts.date(), by=by)


def _run(command: str, function: str = "run", **options: object) -> None:
    try:
        import_module("django").setup()
    except ValueError as problem:
        sys.exit(f"The settings cannot be read: {problem}")
    raise typer.Exit(getattr(import_module(f"{__name__}.{command}"), function)(**options))
