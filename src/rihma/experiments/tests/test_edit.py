from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rihma.actors.models import Organisation
from rihma.base.refused import Refused
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment
from rihma.experiments.rules.numbers import plain, read_number
from rihma.experiments.types import PlanFields
from tests.conftest import Cast

from .conftest import ClientOf


def test_first_edit_makes_the_idea_a_draft(draft: Experiment) -> None:
    draft.refresh_from_db()
    assert (draft.state, draft.edition, draft.place) == ("draft", 1, "Saarnila")


def test_saving_the_same_again_changes_nothing(draft: Experiment, whole: PlanFields, cast: Cast) -> None:
    assert actions.edit(draft, seen=0, by=cast["convener"], **whole).edition == 1


def test_edit_of_an_older_page_is_refused(draft: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.edit(draft, seen=0, by=cast["member"], place="Jokilaakso")
    assert refused.value.code == "stale"


def test_stranger_cannot_be_made_to_answer_for_it(draft: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.edit(draft, seen=1, by=cast["member"], owner=cast["outsider"])
    assert (refused.value.code, refused.value.field) == ("not_in_team", "owner")


def test_partner_in_another_spelling_is_the_same_partner(draft: Experiment, cast: Cast) -> None:
    actions.edit(draft, seen=1, by=cast["member"], new_partner=("Metsäpuro ry", "association"))
    actions.edit(draft, seen=2, by=cast["member"], new_partner=(" METSÄPURO ", "company"))
    assert [(one.name, one.kind) for one in draft.partners.all()] == [("Metsäpuro ry", Organisation.Kind.ASSOCIATION)]


def test_locked_plan_cannot_be_edited(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.edit(running, seen=1, by=cast["convener"], threshold=Decimal(10))
    assert refused.value.code == "locked"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 200", "1200"),
        ("1\u00a0200,50", "1200.5"),
        ("−3", "-3"),
        ("40 %", "40"),
        (" 40%", "40"),
        ("0,0000", "0"),
    ],
)
def test_number_is_read_as_finns_type_it(typed: str, number: str) -> None:
    assert plain(read_number(typed, unit="%")) == number


@pytest.mark.parametrize("typed", ["", "many", "12 min", "1,2,3", "40 % of people", "NaN", "1e5", "12,34567", "9" * 12])
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(Refused):
        read_number(typed, unit="%")


@given(st.decimals(min_value=1 - 10**11, max_value=10**11 - 1, places=4))
def test_number_survives_being_written_and_read(number: Decimal) -> None:
    assert read_number(plain(number).replace(".", ",")) == number


def test_page_keeps_what_was_typed_wrong(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    place = reverse("experiments:edit", args=[draft.pk])
    answer = client_of(cast["convener"]).post(place, {"version": "1", "metric_unit": "%", "threshold": "12 min"})
    form = answer.context["form"]
    assert (answer.status_code, form["threshold"].value(), list(form.errors)) == (422, "12 min", ["threshold"])


def test_page_saves_a_number_with_its_unit(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    place = reverse("experiments:edit", args=[draft.pk])
    typed = {"version": "1", "title": "T", "metric_unit": "%", "threshold": "12,5 %", "threshold_operator": "le"}
    answer = client_of(cast["convener"]).post(place, typed)
    draft.refresh_from_db()
    assert (answer.status_code, draft.threshold, draft.threshold_operator) == (302, Decimal("12.5"), "le")


def test_page_shows_beside_what_was_typed_what_somebody_else_saved(
    draft: Experiment, cast: Cast, client_of: ClientOf
) -> None:
    client, page = client_of(cast["convener"]), reverse("experiments:edit", args=[draft.pk])
    shown = client.get(page).context["form"]
    typed = {name: shown[name].value() for name in shown.fields if shown[name].value()}
    typed = {**typed, "place": "Jokilaakso", "starts": draft.starts.isoformat(), "ends": draft.ends.isoformat()}
    actions.edit(
        draft, seen=1, by=cast["member"], place="Metsälä", people=30, threshold=Decimal(75), owner=cast["convener"]
    )
    form = client.post(page, typed).context["form"]
    assert form.errors.keys() == {"__all__"}
    told = {name: field.help_text for name, field in zip(form.fields, form, strict=True)}
    saved = {name: text.rpartition(": ")[2] for name, text in told.items() if text.startswith("Saved by somebody else")}
    assert saved == {"place": "Metsälä", "people": "30", "threshold": "75", "owner": cast["convener"].name}
    assert form["place"].value() == "Jokilaakso"


def test_page_shows_what_somebody_else_saved_first(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client, place = client_of(cast["convener"]), reverse("experiments:edit", args=[draft.pk])
    first = client.post(place, {"version": "0", "title": "Mine", "place": "Mine"})
    assert (first.status_code, first.context["form"]["place"].value()) == (422, "Mine")
    again = client.post(place, {"version": first.context["form"]["version"].value(), "title": "Mine", "place": "Mine"})
    draft.refresh_from_db()
    assert (again.status_code, draft.place) == (302, "Mine")


def test_typing_is_saved_by_itself_without_a_half_named_partner(
    draft: Experiment, cast: Cast, client_of: ClientOf
) -> None:
    place = reverse("experiments:save", args=[draft.pk])
    typed = {"version": "1", "title": "T", "partner_name": "Mets", "partner_kind": "association"}
    answer = client_of(cast["convener"]).post(place, typed)
    assert (answer.status_code, answer.json()["version"], draft.partners.count()) == (200, 2, 0)


def test_typing_on_an_older_page_is_not_saved(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["convener"]).post(
        reverse("experiments:save", args=[draft.pk]), {"version": "0", "title": "T"}
    )
    assert (answer.status_code, answer.json()["title"]) == (409, "Not saved")


def test_checklist_names_everything_an_idea_lacks(idea: Experiment) -> None:
    lacking = [check.rule for check in queries.checks_of(idea, idea.drafted_at) if check.state == "not_yet"]
    assert lacking == ["belief", "what_we_do", "for_whom", "place", "dates", "metric", "threshold", "law"]


def test_warnings_stop_nobody(draft: Experiment) -> None:
    warned = [check.rule for check in queries.checks_of(draft, draft.drafted_at) if check.state != "met"]
    assert warned == ["what_is_new", "what_would_change_our_mind", "partners"]


def test_threshold_that_the_start_meets_is_questioned(draft: Experiment, cast: Cast) -> None:
    actions.edit(draft, seen=1, by=cast["convener"], baseline=Decimal(70))
    draft.refresh_from_db()
    checks = {check.rule: check.state for check in queries.checks_of(draft, draft.drafted_at)}
    assert checks["threshold"] == "unclear"


def test_long_experiment_waits_for_leave(draft: Experiment, whole: PlanFields, cast: Cast) -> None:
    starts = whole["starts"]
    assert starts
    actions.edit(draft, seen=1, by=cast["convener"], ends=starts + timedelta(days=90))
    draft.refresh_from_db()
    assert dates_of(draft) == "It takes 91 days; more than 90 needs the leave of the programme's owner."
    actions.allow_dates(draft, "The season is long.", by=cast["owner"])
    draft.refresh_from_db()
    assert dates_of(draft) == ""


def test_experiment_ends_before_the_programme_does(draft: Experiment, cast: Cast) -> None:
    ends = draft.team.programme.ends
    actions.edit(draft, seen=1, by=cast["convener"], starts=ends - timedelta(days=5), ends=ends + timedelta(days=1))
    draft.refresh_from_db()
    assert dates_of(draft) == "It ends after the programme; that needs the leave of the programme's owner."


def test_leave_is_given_only_by_those_who_run_the_programme(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    place = reverse("experiments:allow_dates", args=[draft.pk])
    roles = ["convener", "mentor", "outsider", "facilitator"]
    assert [client_of(cast[role]).post(place, {"reason": "Long."}).status_code for role in roles] == [
        404,
        404,
        404,
        302,
    ]


def dates_of(experiment: Experiment) -> str:
    return next(
        check.missing for check in queries.checks_of(experiment, experiment.drafted_at) if check.rule == "dates"
    )
