from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Teams(Area):
    name = "rihma.teams"
    events = {
        "formed": _("%(by)s began to gather a team"),
        "edited": _("%(by)s described the team"),
        "acted_for": _("%(by)s said in whose name they are in the team"),
        "invited": _("%(by)s invited somebody to the team"),
        "joined": _("%(by)s joined the team"),
        "declined_invitation": _("%(by)s said no to the invitation"),
        "offered": _("%(by)s offered to join the team"),
        "card_hung": _("%(by)s hung a card on the board of those looking for partners"),
        "card_taken_down": _("%(by)s took the card down from the board of those looking for partners"),
        "contact_stopped": _("%(by)s ended an exchange about joining the team"),
        "contact_reported": _("%(by)s reported an exchange about joining the team"),
        "sender_barred": _("%(by)s kept somebody from writing to teams of the programme"),
        "sender_let_in": _("%(by)s let somebody write to teams of the programme again"),
        "partner_named": _("%(by)s named an organisation as one of the team's"),
        "partner_confirmed": _("%(by)s confirmed that an organisation takes part"),
        "partner_declined": _("%(by)s said that an organisation does not take part"),
        "partner_left": _("%(by)s took an organisation out of the team"),
        "left": _("%(by)s left the team"),
        "removed": _("%(by)s took somebody out of the team"),
        "admitted": _("The team was taken into the programme"),
        "reserved": _("The team was put on the reserve list"),
        "declined": _("The team was not chosen"),
        "left_programme": _("The team left the programme"),
        "carried_on": _("The team of an idea that was chosen goes on"),
        "went_on": _("The team went on to the full stage of the call"),
        "merged": _("The team became a part of another one"),
        "taken_in": _("The people of another team came in"),
        "completion_needed": _("The team no longer meets all rules of the programme"),
        "completion_passed": _("The date by which the team was to be complete has passed"),
        "completed": _("The team meets the rules again that it had lost"),
        "excepted": _("%(by)s granted the team an exception from a rule"),
        "exception_taken_back": _("%(by)s took an exception of the team back"),
        "kind_set": _("%(by)s changed the kind of an organisation"),
        "mentored": _("%(by)s gave the team a mentor"),
    }
