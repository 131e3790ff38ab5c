import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

# Legal forms say nothing about who it is: "Metsäpuro ry" and "Metsäpuro" are one.
LEGAL_FORMS = {"oy", "oyj", "ab", "abp", "ry", "rf", "sr", "ky", "osk", "ltd", "inc", "gmbh", "as", "asa"}
LONGEST_NAME = 200


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, accents' form, punctuation, legal form or spacing."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = [word for word in re.split(r"[\W_]+", folded.replace(".", "")) if word]
    kept = [word for word in words if word not in LEGAL_FORMS] or words
    return " ".join(kept)


def key_of(name: str) -> str:
    """As it is kept: no longer than a name."""
    return name_key(name)[:LONGEST_NAME]


def check_name(name: str) -> str:
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not name_key(tidy):
        raise Refused("name_missing", _("Write the organisation's name."), "organisation")
    if len(tidy) > LONGEST_NAME:
        raise Refused("name_long", _("An organisation's name can have at most 200 characters."), "organisation")
    return tidy


def check_parent(organisation: UUID, parent: UUID | None, parents: Mapping[UUID, UUID | None]) -> None:
    """`parents`: everybody's, as they are."""
    above = parent
    while above is not None:
        if above == organisation:
            raise Refused(
                "own_part",
                _("This would make it a part of itself. Choose another organisation, or none."),
                "parent",
            )
        above = parents.get(above)
