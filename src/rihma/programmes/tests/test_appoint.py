import pytest
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes import actions
from rihma.programmes.models import Programme, Role
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast


def test_role_given_twice_is_one_role(draft: Programme, cast: Cast) -> None:
    first = actions.appoint(draft, cast["juror"], Role.Kind.JUROR, by=cast["owner"])
    assert actions.appoint(draft, cast["juror"], Role.Kind.JUROR, by=cast["owner"]) == first
    assert Event.objects.filter(scope=draft.pk, verb="appointed", data__role="juror").count() == 1


def test_newcomer_gets_a_mail_in_the_language_of_the_giver(draft: Programme, cast: Cast) -> None:
    actions.appoint_by_email(draft, email="new@x.example", name="Uusi", role=Role.Kind.EXPERT, by=cast["owner"])
    message = Message.objects.get(to__email="new@x.example")
    assert (message.language, message.subject) == ("fi", "Sinulla on tehtävä ohjelmassa Luonnos: Kutsuttu asiantuntija")


def test_ended_role_opens_nothing_and_stays_known(draft: Programme, cast: Cast) -> None:
    role = draft.roles.get(person=cast["facilitator"])
    actions.end_role(role, by=cast["owner"])
    assert not Programme.objects.run_by(cast["facilitator"]).exists()
    assert Role.objects.filter(pk=role.pk).exclude(ended_at=None).count() == 1
    assert Event.objects.get(scope=draft.pk, verb="ended_role").data == {
        "person": str(cast["facilitator"].pk),
        "role": "facilitator",
    }


def test_ended_role_can_be_given_again(draft: Programme, cast: Cast) -> None:
    actions.end_role(draft.roles.get(person=cast["facilitator"]), by=cast["owner"])
    actions.appoint(draft, cast["facilitator"], Role.Kind.FACILITATOR, by=cast["owner"])
    assert list(Programme.objects.run_by(cast["facilitator"])) == [draft]


def test_last_owner_stays(draft: Programme, cast: Cast) -> None:
    owner = draft.roles.get(role=Role.Kind.OWNER)
    with pytest.raises(Refused) as refused:
        actions.end_role(owner, by=cast["owner"])
    assert refused.value.code == "last_owner"
    actions.appoint(draft, cast["facilitator"], Role.Kind.OWNER, by=cast["owner"])
    assert actions.end_role(owner, by=cast["owner"]).ended_at is not None


def test_page_gives_and_ends_a_role(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    filled = {"email": "Gunnar@Jokilaakso.example", "role": "juror"}
    client.post(reverse("programmes:roles", args=["draft"]), filled)
    role = draft.roles.get(person=cast["juror"])
    client.post(reverse("programmes:end_role", args=["draft", role.pk]))
    assert not Role.objects.current().filter(person=cast["juror"]).exists()
    assert Person.objects.filter(email__iexact=filled["email"]).count() == 1


def test_role_of_another_programme_is_not_found(
    draft: Programme, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    foreign = programme.roles.get(role=Role.Kind.MENTOR)
    answer = client_of(cast["owner"]).post(reverse("programmes:end_role", args=["draft", foreign.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_those_who_do_not_run_it_find_no_roles(role: str, draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast[role]).get(reverse("programmes:roles", args=["draft"])).status_code == 404
