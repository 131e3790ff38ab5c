"""Every kind of mistake in a programme file: where it is, what is wrong and what to do."""

import pytest
from django.utils import translation

from rihma.programmes import actions, file
from tests.conftest import Cast


def mistakes(text: str) -> list[str]:
    return [str(problem) for problem in file.check(text.encode()).problems]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("rihma = 1", "", "rihma: The file does not say which version it is. Begin it with the line: rihma = 1"),
        ("rihma = 1", "rihma = 7", "Line 1: rihma: Version 7 is not known. Write: rihma = 1"),
        (
            "purpose.fi",
            "purpos.fi",
            "Line 8: programme.purpos: There is no key “purpos” here. Did you mean “purpose”?",
        ),
        (
            "title.en",
            "title.ee",
            "Line 7: programme.title.ee: There is no key “ee” here. These are known: fi, sv, en.",
        ),
        (
            "starts = 2027-08-27\n",
            "",
            "Line 3: programme.starts: “starts” is missing. Add a line such as: starts = 2027-01-29",
        ),
        (
            "starts = 2027-08-27",
            'starts = "2027-08-27"',
            "Line 15: programme.starts: A date stands without quotes. Write it like this: 2027-01-29",
        ),
        (
            "starts = 2027-08-27",
            "starts = 0227-08-27",
            "Line 15: programme.starts: The year 227 cannot be right. Choose a year from 2000 on.",
        ),
        (
            "ends = 2027-12-10",
            "ends = 2027-06-12",
            "Line 16: programme.ends: The programme ends before it starts. Give a day on or after 2027-08-27.",
        ),
        (
            'slug = "autumn"',
            'slug = "Syksy 2027"',
            (
                "Line 4: programme.slug: “Syksy 2027” has other than small letters a–z, numbers, - and _. "
                'Write it like this: "spring-2027"'
            ),
        ),
        (
            'slug = "autumn"',
            'slug = "import"',
            (
                "Line 4: programme.slug: The address “import” is used by the pages themselves. "
                "Choose another, such as import-1."
            ),
        ),
        (
            'contact = "autumn@virasto.example"',
            'contact = "autumn"',
            'Line 18: programme.contact: “autumn” is no e-mail address. Write it like this: "name@example.org"',
        ),
        (
            'contact = "autumn@virasto.example"',
            'time_zone = "Europe/Helsingfors"',
            "Line 18: programme.time_zone: There is no time zone “Europe/Helsingfors”. Did you mean “Europe/Helsinki”?",
        ),
        (
            "room_seats = 24",
            'room_seats = "24"',
            "Line 19: programme.room_seats: A whole number was expected here. Write it like this: 1",
        ),
        ("room_seats = 24", "room_seats = 0", "Line 19: programme.room_seats: 0 is too small. The least is 1."),
        (
            "willing_to_open = true",
            'willing_to_open = "yes"',
            "Line 24: eligibility.willing_to_open: true or false was expected here. Write it like this: true",
        ),
        (
            'title.fi = "Kulttuuri"\ntitle.sv = "Kultur"',
            'title = "Kulttuuri"',
            (
                "Line 31: theme[2].title: A text for each language was expected here. "
                'Write it like this: {fi = "…", sv = "…", en = "…"}'
            ),
        ),
        (
            'title.fi = "Kulttuuri"\ntitle.sv = "Kultur"',
            'title.fi = "Ylivelka"\ntitle.sv = "Överskuldsättning"',
            "Line 31: theme[2].title: This theme is here twice. Remove one of them.",
        ),
        (
            'title.fi = "Kulttuuri"\ntitle.sv = "Kultur"',
            'title.fi = "  "',
            'Line 31: theme[2].title: “title” is missing. Add a line such as: title = {fi = "…", sv = "…", en = "…"}',
        ),
        (
            "ends = 2027-06-11",
            "ends = 2027-04-11",
            "Line 38: phase[1].ends: The phase ends before it starts. Give a day on or after 2027-05-03.",
        ),
        (
            "ends = 2027-11-30",
            "ends = 2028-01-31",
            (
                "Line 44: phase[2].ends: 2028-01-31 is outside the programme, which runs from 2027-08-27 to 2027-12-10. "
                "Change this date, or the programme's starts or ends."
            ),
        ),
        (
            'role = "mentor"',
            'role = "menter"',
            "Line 52: role[2].role: “menter” is not one of the choices. Did you mean “mentor”?",
        ),
        (
            'email = "New.Mentor@konkari.example"\nrole = "mentor"',
            'email = "Aino@Virasto.example"\nrole = "owner"',
            "Line 51: role[2].email: This person has this role already. Remove one of them.",
        ),
        (
            'name = "Nea Mentori"',
            f'name = "{"x" * 205}"',
            "Line 53: role[2].name: The text is longer than 200 characters. Shorten it by 5 characters.",
        ),
        (
            'name = "Nea Mentori"',
            'name = "Nea\\u0000"',
            "Line 53: role[2].name: The text has a character that cannot be shown. Type the text anew at that place.",
        ),
        (
            "[eligibility]",
            "[eligibilty]",
            "Line 22: eligibilty: There is no key “eligibilty” here. Did you mean “eligibility”?",
        ),
    ],
)
def test_mistake_is_told_with_line_place_and_remedy(text: str, right: str, wrong: str, told: str) -> None:
    assert right in text
    assert mistakes(text.replace(right, wrong, 1)) == [told]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'slug = "autumn"',
            'slug = "autumn',
            'Line 4: A text has no closing quotes on its line. Add them, or begin and end it with """.',
        ),
        (
            "starts = 2027-08-27",
            "starts = 27.8.2027",
            "Line 15: The date is in another order. Write year, month and day: 2027-01-29",
        ),
        (
            "starts = 2027-08-27",
            "starts = 2027-08-27 09:00",
            "Line 15: The clock time has no seconds. Write seconds too, such as 2027-01-15 23:59:59",
        ),
        (
            "room_seats = 24",
            "room_seats 24",
            'Line 19: The line has no equals sign after its key. Write it as: key = "value"',
        ),
        (
            "room_seats = 24",
            "room_seats = 09:30",
            'Line 19: A clock time stands in quotes. Write it like this: "09:30"',
        ),
        ("room_seats = 24", "room_seats = 24\nroom_seats = 25", "Line 20: This key is here twice. Keep one of them."),
        ('role = "mentor"', "role = “mentor”", 'Line 52: The quotes are curly. Use straight quotes: "…"'),
        ('role = "mentor"', "role = mentor", 'Line 52: The value cannot be read. A text stands in quotes: "…"'),
        (
            "[eligibility]",
            "[eligibility",
            "Line 22: The name of the table is not closed. Write it as [name], or [[name]] where there are several.",
        ),
        (
            "[eligibility]",
            "[programme]",
            "Line 22: This table is here twice. Put its lines together, or write [[…]] where there are several.",
        ),
        (
            '"Yhteistyöministeriö"]',
            '"Yhteistyöministeriö"',
            "Line 18: A list above this line is not closed. Add ] at its end.",
        ),
        (
            'name = "Nea Mentori"',
            'name = "Nea \\ Mentori"',
            "Line 53: There is a backslash in the text. Write it twice.",
        ),
    ],
)
def test_mistake_in_writing_is_told_in_plain_words(text: str, right: str, wrong: str, told: str) -> None:
    assert right in text
    assert mistakes(text.replace(right, wrong, 1)) == [told]


@pytest.mark.django_db
def test_every_mistake_is_told_in_one_go(text: str) -> None:
    wrong = (
        text.replace('slug = "autumn"', 'slug = "autumn')
        .replace("starts = 2027-08-27", "starts = 27.8.2027")
        .replace("room_seats", "seats")
        .replace('role = "owner"', "role = 1")
    )
    assert mistakes(wrong) == [
        'Line 4: A text has no closing quotes on its line. Add them, or begin and end it with """.',
        "Line 15: The date is in another order. Write year, month and day: 2027-01-29",
        "Line 19: programme.seats: There is no key “seats” here. Did you mean “starts”?",
        'Line 48: role[1].role: A text in quotes was expected here. Write it like this: "owner"',
    ]


def test_taken_address_is_told_with_another(text: str, cast: Cast) -> None:
    actions.import_file(text.encode(), by=cast["owner"])
    assert mistakes(text) == [
        "Line 4: programme.slug: Another programme has the address “autumn”. Choose another, such as autumn-2."
    ]


@pytest.mark.django_db
def test_file_of_windows_is_told_and_read_for_mending(text: str) -> None:
    data = text.encode("cp1252")
    assert [str(problem) for problem in file.check(data).problems] == [
        "Line 6: The file is not in UTF-8. Save it as UTF-8, and check that letters such as å, ä and ö are right."
    ]
    assert file.as_text(data) == text


@pytest.mark.django_db
def test_file_with_windows_line_ends_and_mark_is_read(text: str) -> None:
    assert file.check(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).problems == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"",
            [
                "programme: “programme” is missing. Add a table [programme].",
                "rihma: The file does not say which version",
            ],
        ),
        (b"x" * (1024 * 1024 + 1), ["The file is bigger than 1 MB."]),
        (b"\x00\x01\x02PNG", ["rihma: The file does not say", "Line 1: This line cannot be read."]),
        (b'"""' * 5, ["Line 1: "]),
        (b"[[[[", ["Line 1: "]),
        (b"[programme.x]\n[[programme]]", ["Line 2: "]),
        (b"programme = 3\ntheme = 3\nrole = [1]", ["rihma: ", "Line 1: programme: A table was expected"]),
    ],
)
def test_what_is_no_programme_file_is_answered_calmly(data: bytes, told: list[str]) -> None:
    found = [str(problem) for problem in file.check(data).problems]
    assert all(one.startswith(start) for one, start in zip(found, told, strict=False))
    assert len(found) >= len(told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "Rivi 19: programme.room_seats: 0 on liian pieni. Vähintään 1."),
        ("sv", "Rad 19: programme.room_seats: 0 är för litet. Minst 1."),
    ],
)
def test_mistakes_speak_the_readers_language(text: str, language: str, told: str) -> None:
    with translation.override(language):
        assert mistakes(text.replace("room_seats = 24", "room_seats = 0")) == [told]
