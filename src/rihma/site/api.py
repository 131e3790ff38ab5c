"""One API for all areas: what a page can do, a program can."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rihma.accounts.scopes import NoScope
from rihma.applications.api import router as applications
from rihma.attachments.api import router as attachments
from rihma.base.refused import Refused
from rihma.brainwriting.api import router as brainwriting
from rihma.calls.api import router as calls
from rihma.canvases.api import router as canvases
from rihma.challenges.api import router as challenges
from rihma.experiments.api import router as experiments
from rihma.facilitation.api import router as facilitation
from rihma.invitations.api import router as invitations
from rihma.library.api import router as lessons
from rihma.moderation.api import router as moderation
from rihma.programmes.api import router as programmes
from rihma.reviews.api import router as reviews
from rihma.selection.api import router as decisions
from rihma.site.api_description import Api
from rihma.talk.api import router as talk
from rihma.workshops.api import router as workshops

api = Api(title="Rihma", version="1.0.0", urls_namespace="api", docs_url=None)
api.add_router("", programmes)
api.add_router("", calls)
api.add_router("", invitations)
api.add_router("", challenges)
api.add_router("", applications)
api.add_router("", reviews)
api.add_router("", decisions)
api.add_router("", lessons)
api.add_router("/canvases", canvases)
api.add_router("/canvases", talk)
api.add_router("/canvases", facilitation)
api.add_router("/canvases", brainwriting)
# Before files, whose sizes are the last word of an address, as "flag" is.
api.add_router("/canvases", moderation)
api.add_router("/canvases", attachments)
api.add_router("/experiments", experiments)
api.add_router("/workshops", workshops)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no: the same words as on the page, and a code for programs."""
    problem = {
        "type": "about:blank",
        "status": 409,
        "title": str(refusal),
        "code": refusal.code,
        "field": refusal.field,
    }
    return api.create_response(request, problem, status=409)


@api.exception_handler(NoScope)
def no_scope(request: HttpRequest, missing: NoScope) -> HttpResponse:
    """The token was not made for this; `scope` is what a new one needs."""
    problem = {
        "type": "about:blank",
        "status": 403,
        "title": _("This token may not do that. Make one with the scope “%s”.") % missing.scope,
        "code": "scope",
        "scope": missing.scope,
    }
    return api.create_response(request, problem, status=403)
