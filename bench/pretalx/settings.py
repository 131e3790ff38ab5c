"""pretalx as it ships, but for the cache: in memory instead of Redis, which is quicker and needs nothing installed."""

from pretalx.settings import *  # noqa: F403 - settings are made of all names

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
