from django.test import Client

from rihma.programmes import actions
from rihma.programmes.models import Programme
from tests.conftest import Cast


def test_api_tells_a_public_programme_in_all_its_languages(programme: Programme, client: Client) -> None:
    told = client.get("/api/v1/programmes/spring").json()
    assert told["title"] == {"fi": "Kevään ohjelma", "sv": "Vårens program", "en": "Spring programme"}
    assert (told["stage"], told["room_seats"], told["starts"]) == ("running", 30, str(programme.starts))
    assert [theme["sv"] for theme in told["themes"]] == ["Överskuldsättning"]


def test_api_lists_public_programmes_only(draft: Programme, programme: Programme, client: Client) -> None:
    assert [one["slug"] for one in client.get("/api/v1/programmes").json()] == ["spring"]
    assert client.get("/api/v1/programmes/draft").status_code == 404


def test_api_keeps_people_to_itself(programme: Programme, cast: Cast, client: Client) -> None:
    actions.appoint(programme, cast["juror"], actions.Role.Kind.JUROR, by=cast["owner"])
    text = client.get("/api/v1/programmes").text
    assert [person.email for person in cast.values() if person.email in text or person.name in text] == []


def test_api_takes_any_page_of_the_list(programme: Programme, client: Client) -> None:
    assert client.get("/api/v1/programmes?offset=-1&limit=0").json() != []
    assert client.get("/api/v1/programmes?offset=1").json() == []


def test_api_gives_the_schema_that_files_are_held_to(client: Client) -> None:
    schema = client.get("/api/v1/programme-file-schema").json()
    assert schema["properties"]["programme"]["required"] == ["slug", "title", "starts", "ends"]
