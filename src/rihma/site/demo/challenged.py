"""A small challenge call for the invited, and somebody who asked an authority for documents."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.base import clock
from rihma.calls.models import Call
from rihma.challenges import actions as challenges
from rihma.invitations import actions as invitations
from rihma.invitations.lists import Invited
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.records import actions as records
from rihma.site.demo.story import moment

FILE = Path(__file__).parent / "haasteet.toml"
# Days from today.
STARTS_IN = 70
CLOSES_IN = 25
# The third stays a draft, so that there is one to look at.
PUBLISHED = ("Saarnilan kaupunki", "Rekisterihallitus")


def challenge(cast: Mapping[str, Person], today: date) -> Programme:
    """Two of three challenges are public, one has been asked about; of three invited teams one has applied."""
    owner = cast["owner"]
    with clock.at(moment(today - timedelta(days=9))):
        programme = programmes.import_file(_dated(today), by=owner)
        programmes.publish(programme, by=owner)
        call = programme.call
        letters, forms = (call.challenges.get(organisation=name) for name in PUBLISHED)
        for one in (letters, forms):
            challenges.publish(one, by=owner)
        invited = [Invited(cast[role].email, language=cast[role].language) for role in ("convener", "other_convener")]
        words = "Olette ratkaisseet tällaista ennenkin. Toivomme, että tartutte yhteen näistä."
        made = invitations.invite(call, [*invited, Invited("siiri@kuulija.example")], words=words, by=owner)
    with clock.at(moment(today - timedelta(days=6))):
        asked = challenges.ask(letters, "Saako kirjeitä lukea ennen kuin tiimi on valittu?", by=cast["convener"])
        clock.step(timedelta(hours=20))
        challenges.answer(asked, "Saa: kymmenen mallikirjettä lähetetään kaikille kutsutuille.", by=owner)
        invitations.accept(next(one for one in made if one.person == cast["convener"]), by=cast["convener"])
        _apply(call, [str(letters.pk), str(forms.pk)], cast["convener"])
    return programme


def _dated(today: date) -> bytes:
    starts = today + timedelta(days=STARTS_IN)
    days = {
        "2027-03-01": starts,
        "2027-06-28": starts + timedelta(days=120),
        "2027-01-15": today + timedelta(days=CLOSES_IN),
    }
    text = FILE.read_text(encoding="utf-8")
    for written, day in days.items():
        text = text.replace(written, day.isoformat())
    return text.encode()


def _apply(call: Call, chosen: list[str], by: Person) -> None:
    draft = applications.start(call, by=by)
    answers = {
        "idea": "Luetaan kirjeet ääneen kymmenen asiakkaan kanssa ja kirjoitetaan ne uudestaan.",
        "challenge": chosen,
    }
    applications.save(
        draft,
        answers=answers,
        by=by,
        name="Selvä kirje",
        phenomenon="Kirje jää avaamatta, koska sitä ei ymmärrä.",
        language=by.language,
    )
    applications.submit(draft, by=by)


def ask_for_documents(programme: Programme, cast: Mapping[str, Person], today: date) -> None:
    """One request has its answer, another waits."""
    with clock.at(moment(today - timedelta(days=5))):
        what = "Valituksi tulleiden hakemukset ja päätökset perusteluineen, kiitos."
        asked = records.ask(programme, what=what, address="", language="fi", place="demo")
        clock.step(timedelta(days=2))
        said = "Päätökset ja hakemukset ilman salassa pidettäviä osia ovat ohjelman sivulla; jäljennökset saat kirjaamosta."
        records.answer(asked, outcome="part", answer=said, by=cast["facilitator"])
        records.ask(programme, what="Vilka jurymedlemmar läste ansökningarna?", address="", language="sv", place="demo")
