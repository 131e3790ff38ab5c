import pytest
from django.urls import reverse

from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put
from tests.conftest import Cast
from tests.ended import end_session_of, sign_in_again

pytestmark = pytest.mark.req("A4")


@pytest.mark.parametrize("fragment", [False, True])
def test_words_for_an_item_outlive_the_session(
    canvas: Canvas, cast: Cast, client_of: ClientOf, put: Put, fragment: bool
) -> None:
    """From a page of its own they come back into its form; from a part of the canvas they are kept to be sent."""
    item = put("People open the letter")
    page = reverse("canvases:set", args=[canvas.pk, item.pk])
    browser = client_of(cast["member"])
    typed = {"text": "People read the letter", "base": str(item.text_seq), "lang": "en"}
    stood_on = canvas.get_absolute_url() if fragment else page
    headers = {"Referer": f"http://testserver{stood_on}", **({"HX-Request": "true"} if fragment else {})}
    end_session_of(browser, cast["member"])
    browser.post(page, typed, headers=headers)
    sign_in_again(browser, cast["member"])
    if fragment:
        assert "See what was not sent" in browser.get(stood_on).text
        kept = browser.get(reverse("accounts:unsent")).context["unsent"]
        assert (kept.path, typed["text"] in kept.typed) == (page, True)
        typed = dict(kept.pairs)
    else:
        assert browser.get(page).context["form"]["text"].value() == typed["text"]
    item.refresh_from_db()
    assert item.text == "People open the letter"
    browser.post(page, typed)
    item.refresh_from_db()
    assert item.text == "People read the letter"
    assert "See what was not sent" not in browser.get(canvas.get_absolute_url()).text
