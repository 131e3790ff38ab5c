import os
import secrets
from pathlib import Path

SHORTEST = 50


def secret_key(data: Path) -> str:
    """From the environment; else made once and kept in the data folder, readable by its owner only."""
    given = os.environ.get("RIHMA_SECRET_KEY")
    if given:
        return given
    path = data / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(SHORTEST))
    except FileExistsError:
        pass
    return path.read_text().strip()
