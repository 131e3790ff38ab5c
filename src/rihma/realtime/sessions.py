"""Which sign-ins still stand, so that whoever signs out, or is signed out, is out of every open socket, too."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from rihma.accounts.models import ApiToken, Person
from rihma.base import clock

# Before the id of an API token, where there is no session.
BY_BEARER = "token:"
MOST_KNOWN = 20_000


class Sessions:
    """Asked once a second for everybody, so what a session says of its person is read from it once only."""

    def __init__(self) -> None:
        # session → the person, and the mark of their sign-in that ends when they sign out everywhere
        self.known: dict[str, tuple[str, str]] = {}
        self.marks: dict[str, tuple[str, frozenset[str]]] = {}

    def standing(self, names: AbstractSet[str]) -> frozenset[str]:
        """Those that still stand, and "", which never ends by itself."""
        tokens = {name for name in names if name.startswith(BY_BEARER)}
        keys = names - tokens - {""}
        return frozenset({"", *_standing_tokens(tokens), *self._standing_sessions(keys)})

    def _standing_sessions(self, keys: AbstractSet[str]) -> Iterable[str]:
        if not keys:
            return ()
        rows = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
        alive = set(rows.values_list("session_key", flat=True))
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        for row in rows.filter(session_key__in=alive - self.known.keys()):
            said = row.get_decoded()
            if BACKEND_SESSION_KEY in said:
                self.known[row.session_key] = str(said[SESSION_KEY]), said.get(HASH_SESSION_KEY, "")
        signed_in = {key: self.known[key] for key in alive & self.known.keys()}
        marks = self._marks_of({person for person, _ in signed_in.values()})
        return (key for key, (person, mark) in signed_in.items() if mark in marks.get(person, ()))

    def _marks_of(self, people: AbstractSet[str]) -> dict[str, frozenset[str]]:
        found = Person.objects.filter(pk__in=people, is_active=True).only("password")
        self.marks = {str(person.pk): self._mark_of(person) for person in found}
        return {person: marks for person, (_, marks) in self.marks.items()}

    def _mark_of(self, person: Person) -> tuple[str, frozenset[str]]:
        before = self.marks.get(str(person.pk))
        if before and before[0] == person.password:
            return before
        hashes = {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}
        return person.password, frozenset(hashes)


def _standing_tokens(names: AbstractSet[str]) -> Iterable[str]:
    if not names:
        return ()
    tokens = ApiToken.objects.live().filter(pk__in={name.removeprefix(BY_BEARER) for name in names})
    return (f"{BY_BEARER}{token}" for token in tokens.values_list("pk", flat=True))
