"""What may be attached to a canvas, and what is said about what may not."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rihma.base.refused import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 50
COUNTED_FOR = timedelta(hours=1)
LONGEST_NAME = 120
LONGEST_ALT = 300
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf"}
SIZES = ("small", "whole", "download")
# Named one by one, because phones turn their own format (HEIC) into JPEG only for a page that asks for JPEG.
ACCEPT = ",".join(TYPES.values())
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
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
}


def kind_of(content: bytes) -> str | None:
    """What it is by its first bytes, whatever it is called. None is nothing that we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return "pdf" if content.startswith(b"%PDF-") else None


def check_content(content: bytes) -> str:
    """The kind of a file that is worth looking into."""
    if not content:
        raise Refused("invalid", _("The file is empty. Choose another."), "upload")
    check_size(len(content))
    kind = kind_of(content)
    if kind:
        return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        raise Refused(
            "invalid", _("Photos in HEIC cannot be shown everywhere. Save it as a JPEG, then send that."), "upload"
        )
    raise Refused("invalid", _("Only photos (JPEG, PNG, WebP) and PDF files can be added."), "upload")


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Refused("large", _("The file is larger than 10 MB. Make it smaller, or take the photo anew."), "upload")


def check_turn(*, free: bool) -> None:
    if not free:
        raise Refused("busy", _("Many files arrive just now. Wait a moment, then send it again."), "upload")


def check_pace(earlier: Sequence[datetime], most: int, now: datetime) -> None:
    """`earlier`: when the same person or guest sent files within the hour, the latest first."""
    if len(earlier) < most:
        return
    minutes = -(-(earlier[most - 1] + COUNTED_FOR - now).total_seconds() // 60)
    wait = ngettext(
        "You can send the next one in %(n)d minute.", "You can send the next one in %(n)d minutes.", int(minutes)
    )
    sent = ngettext(
        "You sent %(n)d file within an hour, and that is the most.",
        "You sent %(n)d files within an hour, and that is the most.",
        most,
    )
    raise Refused("too_often", f"{sent % {'n': most}} {wait % {'n': int(minutes)}}", "upload")


def check_room(count: int) -> None:
    if count >= MOST_FILES:
        raise Refused(
            "full", _("This canvas holds as many files as it can (%(most)s). Remove one first.") % {"most": MOST_FILES}
        )


def check_place(*, known: bool) -> None:
    if not known:
        raise Refused("invalid", _("That place is no longer on the canvas. Choose another."), "place")


def check_may_remove(*, may: bool) -> None:
    if not may:
        raise Refused("forbidden", _("Only who added the file, or who runs the programme, can remove it."))


def problem(code: str) -> Refused:
    return Refused("invalid", str(PROBLEMS.get(code, PROBLEMS["broken"])), "upload")


def tidy_name(name: str, kind: str) -> str:
    """For eyes only: without folders, without signs that hide or turn what follows, ending as what it is."""
    name = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    kept = "".join(" " if sign.isspace() else sign for sign in name if _is_shown(sign))
    stem = " ".join(kept.rpartition(".")[0].split()) or " ".join(kept.split()) or _("file")
    ending = f".{ENDINGS[kind]}"
    return stem[: LONGEST_NAME - len(ending)] + ending


def tidy_alt(alt: str) -> str:
    return " ".join("".join(" " if sign.isspace() else sign for sign in alt if _is_shown(sign)).split())[:LONGEST_ALT]


def _is_shown(sign: str) -> bool:
    """Not a control sign, not one that turns the direction of what follows, not half a pair."""
    return sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
