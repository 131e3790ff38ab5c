"""How a vote knows somebody again without knowing who it is."""

from django.utils.crypto import salted_hmac

from rihma.accounts.models import Person
from rihma.canvases.doers import PERSON, name_of
from rihma.facilitation.models import Vote
from rihma.guests.models import Guest


def voter_of(vote: Vote, who: Person | Guest) -> str:
    """Another digest in each vote. Only with the server's key can one be worked out from a name."""
    # Whoever came by a link before signing in is one voter, because else they would have twice the dots.
    known = f"{PERSON}:{who.person_id}" if isinstance(who, Guest) and who.person_id else name_of(who)
    return salted_hmac("rihma.facilitation.voter", f"{vote.pk}:{known}", algorithm="sha256").hexdigest()
