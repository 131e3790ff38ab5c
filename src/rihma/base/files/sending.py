"""The one way in which bytes that people sent leave: as a file that can do nothing where it is opened."""

import logging

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header

from rihma.base.files import store
from rihma.base.files.kinds import KINDS

logger = logging.getLogger(__name__)

# So that a file that is opened by its address can do nothing.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def sent(file: str, *, kind: str, name: str, digest: str, size: str = "download", known: str = "") -> HttpResponse:
    """`size`: `download` is for the disk, `small` and `whole` are pictures for a page. `known`: the mark a browser has."""
    etag = f'"{digest[:32]}-{size}"'
    response: HttpResponse
    if known == etag:
        response = HttpResponseNotModified()
    else:
        content = _read(file, store.SMALL if size == "small" else store.WHOLE)
        response = HttpResponse(content, content_type=KINDS[kind].type)
        response["Content-Disposition"] = content_disposition_header(size == "download", name) or "attachment"
    response["Content-Security-Policy"] = NOTHING
    # Kept by this browser only, and asked for each time, so that a right which ended ends here too.
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return response


def _read(file: str, part: str) -> bytes:
    try:
        return store.read(file, part)
    except FileNotFoundError as problem:
        logger.exception("%s: this file is missing", file)
        raise Http404(part) from problem
