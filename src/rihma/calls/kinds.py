"""How the kinds of questions are offered to whoever builds a form."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from rihma.calls.models import Question

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = Question.Kind


class Offer(NamedTuple):
    kind: Question.Kind
    icon: str
    about: "_StrPromise"


GROUPS: "list[tuple[_StrPromise, list[Offer]]]" = [
    (
        _("Written"),
        [
            Offer(Kind.SHORT, "minus", _("A name, a place, one sentence.")),
            Offer(Kind.LONG, "align-left", _("Paragraphs, with a limit of words.")),
            Offer(Kind.NUMBER, "hash", _("Euros, hours, people: with its unit.")),
            Offer(Kind.DATE, "calendar", _("One day.")),
        ],
    ),
    (
        _("Chosen"),
        [
            Offer(Kind.CHOICE, "circle-dot", _("One of a list.")),
            Offer(Kind.SEVERAL, "list-checks", _("As many of a list as you allow.")),
            Offer(Kind.RANKING, "list-ordered", _("The first is the most important.")),
            Offer(Kind.CHALLENGE, "target", _("Which challenge of the call the team takes up, or several in order.")),
            Offer(Kind.PLACES, "ticket", _("Each option has so many places; who applies first gets them.")),
        ],
    ),
    (
        _("Who"),
        [
            Offer(Kind.PERSON, "user", _("Name, organisation and address of one person.")),
            Offer(Kind.MEMBERS, "users", _("Names, organisations and tasks, a row each.")),
            Offer(
                Kind.ORGANISATION,
                "building-2",
                _("One of the register, by any of its names; another one by name alone."),
            ),
            Offer(Kind.CONSENT, "square-check", _("A box to tick: the team agrees to something.")),
        ],
    ),
    (
        _("Sent along"),
        [Offer(Kind.FILE, "paperclip", _("PDFs, office documents or pictures, each looked into before it is kept."))],
    ),
]
ICONS = {offer.kind: offer.icon for _title, offers in GROUPS for offer in offers}
