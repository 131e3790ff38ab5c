import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rihma.base.words import Words
from rihma.programmes import actions
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from rihma.programmes.types import ThemeLine
from tests.conftest import Cast
from tests.ended import end_session_of, sign_in_again
from tests.stale import seen_on

pytestmark = pytest.mark.req("A4")


@pytest.mark.parametrize(
    ("part", "typed", "field", "shown"),
    [
        (
            "texts",
            {"title_fi": "Kevät", "description_sv": "Länge", "slug": "draft"},
            "description",
            [None, "Länge", None],
        ),
        ("phases", {"title-2_fi": "Kokeilut", "starts-2": "2027-03-01"}, "starts-2", "2027-03-01"),
        ("themes", {"new-1_fi": "Velka"}, "new-1", ["Velka", None, None]),
    ],
)
def test_part_of_a_programme_comes_back_as_it_was_typed(
    draft: Programme, cast: Cast, client_of: ClientOf, part: str, typed: dict[str, str], field: str, shown: object
) -> None:
    page, browser = reverse("programmes:edit", args=[draft.slug, part]), client_of(cast["owner"])
    sent = {**typed, "seen": seen_on(browser, page)}
    end_session_of(browser, cast["owner"])
    browser.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    sign_in_again(browser, cast["owner"])
    assert browser.get(page).context["form"][field].value() == shown


def test_what_somebody_saved_while_the_writer_was_out_is_not_written_over(
    draft: Programme, cast: Cast, client_of: ClientOf
) -> None:
    page, browser = reverse("programmes:edit", args=[draft.slug, "themes"]), client_of(cast["owner"])
    sent = {"new-0_fi": "Velka", "seen": seen_on(browser, page)}
    end_session_of(browser, cast["owner"])
    browser.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    actions.set_themes(draft, [ThemeLine(Words(fi="Kylä"))], by=cast["facilitator"])
    sign_in_again(browser, cast["owner"])
    browser.get(page)
    assert "Somebody else changed this meanwhile." in browser.post(page, sent).text
    assert [theme.title for theme in draft.themes.all()] == [Words(fi="Kylä")]


def test_chosen_file_is_not_kept_and_the_page_says_so(cast: Cast, client_of: ClientOf, draft: Programme) -> None:
    page, browser = reverse("programmes:import_file"), client_of(cast["owner"])
    end_session_of(browser, cast["owner"])
    sent = {"upload": SimpleUploadedFile("round.toml", b"rihma = 1"), "text": "rihma = 2"}
    browser.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    sign_in_again(browser, cast["owner"])
    answer = browser.get(page)
    assert answer.context["form"]["text"].value() == "rihma = 2"
    assert "Files cannot be kept. Choose them again before you save." in answer.text
