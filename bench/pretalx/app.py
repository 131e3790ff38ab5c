"""Serves pretalx as `rihma serve` serves Rihma: uvicorn, a2wsgi, one process, so many threads.

bench/pretalx/app.py PORT THREADS
"""

import sys

import uvicorn
from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

port, threads = map(int, sys.argv[1:])
uvicorn.run(
    WSGIMiddleware(get_wsgi_application(), workers=threads),
    host="127.0.0.1",
    port=port,
    lifespan="off",
    proxy_headers=True,
    server_header=False,
    access_log=False,
    backlog=512,
    log_level="warning",
)
