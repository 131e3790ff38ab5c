"""The invented people of the demo and of every test. Whoever reads a test knows them: the outsider must see nothing."""

from dataclasses import dataclass

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.actors.actions import join, name_organisation
from rihma.actors.kinds import Kind


@dataclass(frozen=True)
class Part:
    role: str
    name: str
    email: str
    language: str
    organisation: str
    kind: Kind


CAST = (
    Part("owner", "Aino Lehtoranta", "aino@virasto.example", "fi", "Uudistusvirasto", Kind.STATE_AGENCY),
    Part("facilitator", "Bertil Sandvik", "bertil@ministerium.example", "sv", "Yhteistyöministeriö", Kind.MINISTRY),
    Part("convener", "Cecilia Koskenniemi", "cecilia@saarnila.example", "fi", "Saarnilan kaupunki", Kind.MUNICIPALITY),
    Part("other_convener", "Daniel Ekholm", "daniel@skargard.example", "sv", "Skärgårdens byar rf", Kind.ASSOCIATION),
    Part("member", "Elli Mustajärvi", "elli@rekisteri.example", "fi", "Rekisterihallitus", Kind.STATE_AGENCY),
    Part("mentor", "Farah Niemelä", "farah@konkari.example", "en", "Konkari osk", Kind.COMPANY),
    Part("juror", "Gunnar Heikura", "gunnar@jokilaakso.example", "fi", "Jokilaakson yliopisto", Kind.UNIVERSITY),
    Part("expert", "Hilla Aaltomaa", "hilla@arki.example", "fi", "Arjen asiantuntijat ry", Kind.ASSOCIATION),
    Part("outsider", "Ivar Tuulonen", "ivar@muualla.example", "en", "Muualla Oy", Kind.COMPANY),
)


def enter() -> dict[str, Person]:
    """Everybody of the cast, by role; those who are there already stay as they are."""
    people = {}
    for part in CAST:
        person = get_or_invite(part.email, name=part.name, language=part.language)
        if part.role == "owner" and not person.is_staff:
            # somebody has to make the first programme of a server
            person.is_staff = True
            person.save(update_fields=["is_staff"])
        join(name_organisation(part.organisation, kind=part.kind), by=person)
        people[part.role] = person
    return people
