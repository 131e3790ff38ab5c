import pytest

from rihma.base.refused import Refused
from rihma.invitations.lists import Invited, read, text_of


def test_list_of_a_spreadsheet_is_read_whatever_its_separator_and_heading() -> None:
    expected = (Invited("aino@kunta.example", "Aino Kunta", "sv"), Invited("bo@byn.example", "Byalaget", "fi"))
    for sign in (";", ",", "\t"):
        rows = [
            ("Nimi", "Osoite", "Kieli"),
            ("Aino Kunta", "Aino@Kunta.example", "ruotsi"),
            ("Byalaget", "bo@byn.example"),
        ]
        assert read("\r\n".join(sign.join(row) for row in rows), "fi").people == expected


def test_pasted_row_of_a_mail_names_each_address() -> None:
    listed = read("Virtanen, Aino <aino@kunta.example>; Bo <bo@byn.example>; c@d.example", "en")
    assert [one.email for one in listed.people] == ["aino@kunta.example", "bo@byn.example", "c@d.example"]
    assert listed.people[1] == Invited("bo@byn.example", "Bo", "en")


def test_address_stands_once_and_faults_name_their_row() -> None:
    listed = read("a@b.example\nA@B.example\nnobody\nbroken@\n\nc@d.example", "fi")
    assert [one.email for one in listed.people] == ["a@b.example", "c@d.example"]
    assert [(fault.line, fault.text) for fault in listed.faults] == [(3, "nobody"), (4, "broken@")]


def test_formula_in_a_list_is_a_name_or_no_address() -> None:
    listed = read('=HYPERLINK("http://evil.example");a@b.example\n=cmd|calc@x;\n', "fi")
    assert listed.people[0].email == "a@b.example"
    assert [fault.line for fault in listed.faults] == [2]


@pytest.mark.parametrize("letters", ["utf-8-sig", "cp1252", "utf-16"])
def test_file_is_read_in_the_letters_of_any_spreadsheet(letters: str) -> None:
    text = text_of("Äijälä Åsa;asa@kunta.example;sv\r\n".encode(letters))
    assert read(text, "fi").people == (Invited("asa@kunta.example", "Äijälä Åsa", "sv"),)


@pytest.mark.parametrize("file", [b"PK\x03\x04rest", b"a@b.example" * 200_000])
def test_packed_or_too_large_file_is_refused_in_words(file: bytes) -> None:
    with pytest.raises(Refused) as refused:
        text_of(file)
    assert refused.value.field == "upload"
