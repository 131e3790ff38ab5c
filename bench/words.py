"""What the applications of the bench say: the same for ours and for the peer, of the length that people write, in their languages."""

import random
from dataclasses import dataclass

LANGUAGES = ("fi", "sv", "en")
SENTENCES = 9
# One of so many says in Finnish what the search looks for, in another form than it is asked for.
EVERY = 97
NEEDLE = "Saariston kunnissa kirje tulee perille kerran viikossa."
ASKED = "kuntien"
SENTENCES_IN = {
    "fi": (
        "Kirje lähtee vasta, kun eräpäivästä on kulunut kuukausi.",
        "Moni jättää kuoren avaamatta, koska pelkää uutta laskua.",
        "Neuvojat kuulevat asiasta vasta, kun ulosotto on alkanut.",
        "Kokeilemme, vastaako ihminen useammin puheluun kuin toiseen kirjeeseen.",
        "Soitamme kahdellekymmenelle asiakkaalle ennen seuraavaa muistutusta.",
        "Mittaamme, kuinka moni sopii maksamisesta ja kuinka moni tulee neuvontaan.",
        "Tiimissämme on virkamiehiä, yhdistyksen väkeä ja kaksi opiskelijaa.",
        "Kokemusasiantuntija lukee jokaisen tekstin ennen kuin se lähetetään.",
        "Jos tulos on huono, kerromme senkin avoimesti muille.",
        "Tarvitsemme tilan, jossa voimme tavata kahdesti kuukaudessa.",
        "Pankit ja vuokranantajat ovat luvanneet katsoa lukuja kanssamme.",
        "Aiempi yritys kaatui siihen, ettei kukaan omistanut kysymystä.",
    ),
    "sv": (
        "Brevet går i väg först när en månad har gått från förfallodagen.",
        "Många låter bli att öppna kuvertet av rädsla för en ny räkning.",
        "Rådgivarna hör om saken först när utsökningen har börjat.",
        "Vi prövar om människor oftare svarar i telefon än på ett andra brev.",
        "Vi ringer tjugo kunder innan nästa påminnelse skickas.",
        "Vi räknar hur många som kommer överens om en betalning.",
        "I teamet finns tjänstemän, föreningsfolk och två studerande.",
        "En erfarenhetsexpert läser varje text innan den går ut.",
        "Blir resultatet dåligt berättar vi öppet om det också.",
        "Vi behöver ett rum där vi kan träffas två gånger i månaden.",
    ),
    "en": (
        "The letter leaves a month after the day on which the bill was due.",
        "Many never open the envelope, because they fear another bill.",
        "Counsellors hear of it when enforcement has already begun.",
        "We try whether people answer a call more often than a second letter.",
        "We call twenty customers before the next reminder goes out.",
        "We count how many agree on a payment, and how many ask for advice.",
        "The team has officials, people of an association and two students.",
        "Somebody who has been in debt reads each text before it is sent.",
        "Should it come out badly, we will tell others that, too.",
        "We need a room in which we can meet twice a month.",
    ),
}


@dataclass(frozen=True)
class Said:
    title: str
    language: str
    problem: str
    idea: str


def said(number: int) -> Said:
    chance = random.Random(f"application {number}")
    language = LANGUAGES[number % len(LANGUAGES)]

    def text() -> str:
        return " ".join(chance.choices(SENTENCES_IN[language], k=SENTENCES))

    problem = f"{text()} {NEEDLE}" if has_needle(number) else text()
    return Said(f"Team number {number:03d}", language, problem, text())


def has_needle(number: int) -> bool:
    return number % EVERY == 0 and LANGUAGES[number % len(LANGUAGES)] == "fi"


def bearing(how_many: int) -> int:
    """How many of so many the search has to find."""
    return sum(map(has_needle, range(how_many)))
