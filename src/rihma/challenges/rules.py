"""What may be done with a challenge, and who hears of it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

MOVES: Mapping[str, set[str]] = {
    "draft": {"published", "withdrawn"},
    "published": {"closed", "withdrawn"},
    # Opened again, because it was closed by mistake or there is room for another team.
    "closed": {"published", "withdrawn"},
    "withdrawn": set(),
}
PUBLIC = frozenset({"published", "closed", "withdrawn"})
MOST_ENQUIRIES = 20


def check_may_move(
    state: str, to: str, *, over: bool, lacks: Collection[str] = (), because: Collection[str] = ()
) -> None:
    """`lacks`: national languages in which its title or problem is not told; `because` is public."""
    if to not in MOVES[state]:
        raise Refused("state", _("This challenge has moved on meanwhile. Look at its page again."))
    if to == "published" and over:
        raise Refused("over", _("The call has closed, so nobody can answer a new challenge."))
    if to == "published" and lacks:
        raise Refused("languages", _("Write the title and the problem in Finnish and Swedish first."))
    if to == "withdrawn" and state != "draft" and not because:
        raise Refused(
            "because", _("Say why. Everybody reads it, and the teams that answer it get it by mail."), "because"
        )


def check_may_edit(state: str) -> None:
    if state == "withdrawn":
        raise Refused("state", _("This challenge has been withdrawn, so its text stays as it was."))


def check_may_ask(state: str, *, over: bool, count: int) -> None:
    if state != "published":
        raise Refused("state", _("This challenge takes no more questions."))
    if over:
        raise Refused("over", _("The call has closed, so questions are no longer answered here."))
    if count >= MOST_ENQUIRIES:
        raise Refused("many", _("You have asked %(n)s questions about this call already.") % {"n": MOST_ENQUIRIES})


def check_may_answer(state: str, words: str) -> None:
    if state == "withdrawn":
        raise Refused("state", _("This challenge has been withdrawn, so its text stays as it was."))
    if not words.strip():
        raise Refused("answer", _("Write an answer. Everybody reads it, the question beside it."), "answer")
