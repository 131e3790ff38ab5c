"""What is said of a file that was looked into and is not taken."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.base.refused import Refused

WAITS_FOR_SPACE = gettext_lazy("The server has no room for files just now. Nothing was kept: try again later.")
PROBLEMS: Mapping[str, Promise] = {
    "broken": gettext_lazy("This file is damaged or only half there. Open it and save it again, then send that."),
    "pixels": gettext_lazy(
        "This picture is too large to be opened here (at most 50 megapixels). Make it smaller first."
    ),
    "heavy": gettext_lazy(
        "This file is too complicated to be checked here. Print or save it anew as a plain PDF or JPEG."
    ),
    "locked": gettext_lazy("This PDF is locked with a password or against changes. Save it without, then send that."),
    "active": gettext_lazy(
        "This PDF does more than show pages: it holds scripts, forms that act, or other files. "
        "Print it as a new PDF, then send that."
    ),
    "mixed": gettext_lazy(
        "This file is two kinds of file in one, or has something after its end. Save it anew, then send that."
    ),
    "document_locked": gettext_lazy("This document is locked with a password. Save it without, then send that."),
    "macros": gettext_lazy("This document holds macros or controls, which act. Save it without, or as a PDF."),
    "reaches": gettext_lazy(
        "This document fetches something from elsewhere when it is opened. Save it without that, or as a PDF."
    ),
    "carries": gettext_lazy("This document carries other files inside. Save it without them, or as a PDF."),
    "bomb": gettext_lazy(
        "This document becomes far larger when it is opened than it is now. Save it as a PDF instead."
    ),
    "not_office": gettext_lazy(
        "This is not a document but an archive or something else. Send the documents one by one, unpacked."
    ),
}


def problem(code: str) -> Refused:
    return Refused("invalid", str(PROBLEMS.get(code, PROBLEMS["broken"])), "upload")


def check_turn(*, free: bool) -> None:
    if not free:
        raise Refused("busy", _("Many files arrive just now. Wait a moment, then send it again."), "upload")
