import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

if TYPE_CHECKING:
    from rihma.actors.models import Organisation

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


# By what each digit of a business id counts towards the last one, which checks the others.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def check_business_id(given: str) -> str:
    """As it is written, 1234567-8; old ones with six digits have a zero in front. Nothing is nothing."""
    tidy = "".join(given.split()).replace("–", "-")
    if not tidy:
        return ""
    found = re.fullmatch(r"([0-9]{6,7})-?([0-9])", tidy)
    digits = found[1].zfill(7) if found else ""
    left = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11
    # A remainder of one is never given out.
    if not found or left == 1 or int(found[2]) != (11 - left) % 11:
        raise Refused(
            "business_id",
            _("This is no Finnish business id. It has seven digits, a dash and one digit more; look for a slip."),
            "business_id",
        )
    return f"{digits}-{found[2]}"


def check_business_id_is_free(holder: "Organisation | None", organisation: "Organisation") -> None:
    if holder is not None and holder != organisation:
        raise Refused(
            "business_id_taken",
            _("%(name)s has this business id already. If it is the same organisation, merge the two.")
            % {"name": holder},
            "business_id",
        )


def check_is_new(holder: "Organisation | None") -> None:
    if holder is not None:
        raise Refused(
            "name_taken",
            _("%(name)s is known by this name already. If it is the same organisation, use that one.")
            % {"name": holder},
            "name",
        )


def check_in_order(since: date, earlier: Iterable[Mapping[str, Any]]) -> None:
    if any(row["until"] >= since.isoformat() for row in earlier):
        raise Refused("too_early", _("It got its present name later than that. Choose a later day."), "since")


def check_ending(organisation: "Organisation", ended_on: date | None, heir: "Organisation | None") -> None:
    if heir is None:
        return
    if ended_on is None:
        raise Refused("no_day", _("Say the last day of the organisation, or name nobody who carries on."), "ended_on")
    if heir == organisation:
        raise Refused("own_heir", _("An organisation cannot carry on its own work. Choose another one."), "successor")


def check_may_merge(gone: "Organisation", stays: "Organisation") -> None:
    if gone == stays:
        raise Refused("same", _("This is the same organisation already. Choose another one."), "into")
    if gone.same_as_id or stays.same_as_id:
        raise Refused("merged", _("One of the two has been merged already. Open the other one."), "into")
    if gone.business_id and stays.business_id and gone.business_id != stays.business_id:
        raise Refused(
            "two_ids",
            _("They have different business ids, so they are two organisations. Correct one of the ids first."),
            "into",
        )
