"""What a file is by its bytes, whatever it is called, and what it is called then."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.base.refused import Refused

LONGEST_NAME = 120
OOXML, ODF = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"


class FileKind(NamedTuple):
    """`family`: which of our programs looks into it."""

    type: str
    ending: str
    name: Promise | str
    family: str


KINDS: Mapping[str, FileKind] = {
    "jpeg": FileKind("image/jpeg", "jpg", gettext_lazy("Photo"), "picture"),
    "png": FileKind("image/png", "png", gettext_lazy("Picture"), "picture"),
    "webp": FileKind("image/webp", "webp", gettext_lazy("Picture (WebP)"), "picture"),
    "pdf": FileKind("application/pdf", "pdf", "PDF", "pdf"),
    "docx": FileKind(f"{OOXML}.wordprocessingml.document", "docx", gettext_lazy("Text (Word)"), "office"),
    "xlsx": FileKind(f"{OOXML}.spreadsheetml.sheet", "xlsx", gettext_lazy("Spreadsheet (Excel)"), "office"),
    "pptx": FileKind(f"{OOXML}.presentationml.presentation", "pptx", gettext_lazy("Slides (PowerPoint)"), "office"),
    "odt": FileKind(f"{ODF}.text", "odt", gettext_lazy("Text (OpenDocument)"), "office"),
    "ods": FileKind(f"{ODF}.spreadsheet", "ods", gettext_lazy("Spreadsheet (OpenDocument)"), "office"),
    "odp": FileKind(f"{ODF}.presentation", "odp", gettext_lazy("Slides (OpenDocument)"), "office"),
}
# What one chooses by: nobody allows Word and forbids OpenDocument.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "office": ("docx", "xlsx", "pptx", "odt", "ods", "odp"),
    "picture": ("jpeg", "png", "webp"),
}
GROUP_NAMES: Mapping[str, Promise | str] = {
    "pdf": "PDF",
    "office": gettext_lazy("Office documents (Word, Excel, PowerPoint, OpenDocument)"),
    "picture": gettext_lazy("Pictures (JPEG, PNG, WebP)"),
}
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# As Office writes it into the directory of a file that is locked with a password.
LOCKED = "EncryptedPackage".encode("utf-16-le")
# Taken off the end of a name, so that “plan.pdf.exe” is not shown as if it were either.
ENDINGS = frozenset(
    [
        *(kind.ending for kind in KINDS.values()),
        *(
            [
                "jpeg",
                "doc",
                "xls",
                "ppt",
                "docm",
                "xlsm",
                "pptm",
                "rtf",
                "txt",
                "csv",
                "zip",
                "html",
                "htm",
                "svg",
                "js",
                "exe",
                "scr",
                "bat",
                "cmd",
                "com",
                "lnk",
                "msi",
            ]
        ),
    ]
)


def family_of(content: bytes) -> str | None:
    """By its first bytes: a kind of picture, `pdf`, or `office` for all that stand in a zip. None is nothing that we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"%PDF-"):
        return "pdf"
    return "office" if content.startswith(b"PK\x03\x04") else None


def kinds_in(groups: Iterable[str]) -> list[str]:
    return [kind for group in groups for kind in GROUPS.get(group, ())]


def check_takes(content: bytes, groups: Collection[str], *, most: int) -> str:
    """The family of a file that is worth looking into, before anything has been spent on it."""
    if not content:
        raise Refused("invalid", _("The file is empty. Choose another."), "upload")
    if len(content) > most:
        megabytes = _("The file is larger than %(n)s MB. Make it smaller, then send it again.")
        raise Refused("large", megabytes % {"n": most // (1024 * 1024)}, "upload")
    family = family_of(content)
    if family and ("office" if family == "office" else group_of(family)) in groups:
        return family
    if content.startswith(OLE) and "office" in groups:
        raise Refused("invalid", _locked() if LOCKED in content else _old(), "upload")
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS and "picture" in groups:
        raise Refused(
            "invalid", _("Photos in HEIC cannot be shown everywhere. Save it as a JPEG, then send that."), "upload"
        )
    raise not_taken(groups)


def not_taken(groups: Collection[str]) -> Refused:
    names = ", ".join(str(GROUP_NAMES[group]) for group in GROUPS if group in groups)
    return Refused(
        "invalid", _("This kind of file is not taken here. Taken are: %(kinds)s.") % {"kinds": names}, "upload"
    )


def group_of(kind: str) -> str:
    return next((group for group, kinds in GROUPS.items() if kind in kinds), "")


def accepted(groups: Iterable[str]) -> str:
    """For the dialog that a browser opens. Types and not “all pictures”, because phones turn HEIC into JPEG only then."""
    kinds = [KINDS[kind] for kind in kinds_in(groups)]
    return ",".join([kind.type for kind in kinds] + [f".{kind.ending}" for kind in kinds if kind.family == "office"])


def _locked() -> str:
    return _("This document is locked with a password. Save it without, then send that.")


def _old() -> str:
    return _("This is an old Office file (doc, xls, ppt). Save it as docx, xlsx or pptx, or as a PDF, then send that.")


def tidy_name(name: str, kind: str) -> str:
    """For eyes only: without folders, without signs that hide or turn what follows, ending as what it is."""
    name = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    kept = " ".join("".join(" " if sign.isspace() else sign for sign in name if is_shown(sign)).split())
    stem, _dot, last = kept.rpartition(".")
    stem = stem.strip() or kept.strip(" .") or _("file")
    while last and stem.rpartition(".")[2].lower() in ENDINGS and stem.rpartition(".")[0].strip():
        stem, _dot, last = stem.rpartition(".")
        stem = stem.strip()
    ending = f".{KINDS[kind].ending}"
    return stem[: LONGEST_NAME - len(ending)] + ending


def is_shown(sign: str) -> bool:
    """Not a control sign, not one that turns the direction of what follows, not half a pair."""
    return sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
