"""The same while the data is made: nothing has to survive a power cut, and nobody will guess these passwords."""

from bench.pretalx.settings import *  # noqa: F403 - settings are made of all names
from bench.pretalx.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
