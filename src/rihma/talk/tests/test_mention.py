"""Whoever is named in a comment and can see the canvas gets one mail, in their language."""

from uuid import uuid4

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.canvases.models import Canvas, Item
from rihma.notices.models import Message
from rihma.talk import actions, queries, rules
from rihma.talk.models import Comment
from rihma.talk.tests.conftest import ComeIn, Say, text_of, url
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def told() -> list[tuple[Person | None, str]]:
    kept = Message.objects.filter(kind="talk/notices/mention").select_related("to").order_by("to__name")
    return [(message.to, message.language) for message in kept]


def test_those_who_can_be_told_are_those_who_see_the_canvas(canvas: Canvas, cast: Cast) -> None:
    sees = {who for who, person in cast.items() if Canvas.objects.seen_by(person).filter(pk=canvas.pk).exists()}
    people = set(queries.who_sees(canvas))
    assert {who for who, person in cast.items() if person in people} == sees
    assert sees == {"owner", "facilitator", "convener", "member", "mentor"}


def test_chosen_person_gets_a_mail_with_a_link_in_their_language(item: Item, works: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast["mentor"].pk).update(language="sv")
    said = {"text": "What do you think?", "lang": "en", "told": [str(cast["mentor"].pk)]}
    assert works.post(url("comment", item), said).status_code == 303
    mail = Message.objects.get(kind="talk/notices/mention")
    comment = Comment.objects.get()
    assert (mail.to, mail.language) == (cast["mentor"], "sv")
    assert mail.subject.startswith(f"{cast['member']} nämnde dig: ")
    assert f"/sv/canvases/{item.canvas_id}/items/{item.pk}/talk/#comment-{comment.pk}" in mail.body
    # Words that can be removed stand in no mail.
    assert "What do you think" not in mail.body
    assert f"Told by mail: {cast['mentor']}" in text_of(works.get(url("item", item)))


def test_name_behind_an_at_sign_tells_as_well_and_stands_out(item: Item, say: Say, works: Client, cast: Cast) -> None:
    say(f"@{str(cast['member']).upper()}, and @{cast['outsider']}, look")
    assert [person for person, _language in told()] == [cast["member"]]
    page = works.get(url("item", item)).content.decode()
    assert f"<b>@{str(cast['member']).upper()}</b>, and @{cast['outsider']}" in page


def test_person_is_told_once_however_often_a_comment_names_them(say: Say, cast: Cast) -> None:
    comment = say(f"@{cast['member']} @{cast['member']}", told={cast["member"].pk})
    actions.edit(comment, f"@{cast['member']} and @{cast['mentor']}", lang="en", by=cast["convener"])
    assert {person for person, _language in told()} == {cast["member"], cast["mentor"]}
    assert len(told()) == 2


def test_nobody_is_told_of_their_own_words(say: Say, cast: Cast) -> None:
    say(f"As I, @{cast['convener']}, said", told={cast["convener"].pk})
    assert told() == []


def test_whoever_cannot_see_the_canvas_is_not_told(say: Say, cast: Cast) -> None:
    for stranger in (cast["outsider"].pk, cast["juror"].pk, uuid4()):
        with pytest.raises(Refused, match="Only those who can see"):
            say(told={stranger})
    assert (told(), Comment.objects.count()) == ([], 0)


def test_guest_sends_no_mail_and_reads_that(item: Item, say: Say, come_in: ComeIn, cast: Cast) -> None:
    guest, client = come_in()
    say(f"@{cast['member']} look", by=guest)
    with pytest.raises(Refused, match="Guests send no mail"):
        say(told={cast["member"].pk}, by=guest)
    page = client.get(url("item", item)).content.decode()
    assert told() == []
    assert ["Guests send no mail" in page, 'name="told"' in page] == [True, False]


def test_longest_name_is_meant_where_one_begins_with_another() -> None:
    aino, both, other = uuid4(), uuid4(), uuid4()
    people = {aino: "Aino", both: "Aino Virtanen", other: "Veikko (K.)"}
    assert rules.named_in("@aino virtanen and @Veikko (K.)!", people) == {both, other}
    assert rules.named_in("@Aino, @Ainola, mail@Aino", people) == {aino}
    assert rules.named_in("@", people) == set()
