import pytest
from django.urls import reverse
from django.utils import translation

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event
from rihma.programmes import actions, rules
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from rihma.programmes.types import ThemeLine
from tests.conftest import Cast


@pytest.fixture
def ready(draft: Programme, cast: Cast) -> Programme:
    both = Words(fi="Suomeksi", sv="På svenska")
    return actions.edit(draft, by=cast["owner"], title=both, purpose=both, description=both)


def test_programme_with_both_languages_is_published(ready: Programme, cast: Cast) -> None:
    published = actions.publish(ready, by=cast["facilitator"])
    assert published.state == Programme.State.PUBLISHED
    assert list(Programme.objects.visible_to(None)) == [published]


def test_missing_texts_are_named_with_their_languages(draft: Programme, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.publish(draft, by=cast["owner"])
    assert str(refused.value) == (
        "Before publishing, add these texts: Name of the programme (Swedish), Purpose in one sentence (Finnish and Swedish), "
        "Description (Finnish and Swedish). Or say why it is published without them."
    )
    assert (refused.value.code, refused.value.field) == ("lacks_languages", "although")


def test_missing_texts_are_named_in_finnish(draft: Programme, cast: Cast) -> None:
    with translation.override("fi"), pytest.raises(Refused, match=r"Ohjelman nimi \(ruotsi\)"):
        actions.publish(draft, by=cast["owner"])


def test_theme_in_one_language_only_is_named(ready: Programme, cast: Cast) -> None:
    actions.set_themes(ready, [ThemeLine(Words(sv="Skuld"))], by=cast["owner"])
    with pytest.raises(Refused, match=r"Theme “Skuld” \(Finnish\)"):
        actions.publish(ready, by=cast["owner"])


def test_reason_lets_it_out_and_is_kept(draft: Programme, cast: Cast) -> None:
    published = actions.publish(draft, although=" The Swedish texts come on Monday. ", by=cast["owner"])
    assert published.published_although == "The Swedish texts come on Monday."
    assert Event.objects.get(scope=draft.pk, verb="published").data == {
        "lacking": ["title:sv", "purpose:fi", "purpose:sv", "description:fi", "description:sv"]
    }


def test_reason_is_not_kept_where_nothing_lacks(ready: Programme, cast: Cast) -> None:
    assert actions.publish(ready, although="Just so", by=cast["owner"]).published_although == ""


@pytest.mark.parametrize("state", Programme.State.values)
@pytest.mark.parametrize("to", Programme.State.values)
def test_states_move_as_the_table_says(state: str, to: str) -> None:
    allowed = {("draft", "published"), ("published", "closed"), ("closed", "published")}
    if (state, to) in allowed:
        rules.check_may_move(state, to)
    else:
        with pytest.raises(Refused):
            rules.check_may_move(state, to)


def test_publishing_twice_is_refused(ready: Programme, cast: Cast) -> None:
    actions.publish(ready, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        actions.publish(ready, by=cast["owner"])
    assert refused.value.code == "state"


def test_page_lists_what_lacks_and_leads_there(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["owner"]).get(reverse("programmes:publish", args=["draft"]))
    assert [(lack["what"], lack["languages"]) for lack in answer.context["lacks"]] == [
        ("Name of the programme", "Swedish"),
        ("Purpose in one sentence", "Finnish and Swedish"),
        ("Description", "Finnish and Swedish"),
    ]
    assert {lack["url"] for lack in answer.context["lacks"]} == {reverse("programmes:edit", args=["draft"])}


def test_page_asks_for_the_reason(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["owner"]), reverse("programmes:publish", args=["draft"])
    assert list(client.post(address, {"although": ""}).context["form"].errors) == ["although"]
    assert client.post(address, {"although": "In a hurry"}).headers["Location"] == reverse(
        "programmes:programme", args=["draft"]
    )


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_those_who_do_not_run_it_cannot_publish(role: str, draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast[role]).post(reverse("programmes:publish", args=["draft"]), {"although": "x"})
    assert answer.status_code == 404
