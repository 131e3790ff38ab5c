"""A rule tried before it is saved: against a team of the programme, or one that is made up on the page."""

from collections.abc import Iterator, Mapping

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.actors.kinds import SECTORS, Kind, Sector, level_of
from rihma.actors.regions import Region
from rihma.base import clock
from rihma.base.forms import Form
from rihma.programmes.models import Programme
from rihma.teams.beside import beside
from rihma.teams.models import Team
from rihma.teams.queries import facts_of
from rihma.teams.rules import Facts, Place

MADE_UP = ""
ROWS = range(1, 6)
MOST_TEAMS = 300
IN, INVITED = "in", "invited"
# A team on which a rule may hang, because somebody of it has not confirmed.
FIRST = {
    1: {"kind": Kind.MUNICIPALITY, "body": 1, "state": IN},
    2: {"kind": Kind.MUNICIPALITY, "body": 1, "state": IN},
    3: {"kind": Kind.MINISTRY, "body": 2, "state": INVITED},
}


class TrialForm(Form):
    """Stands inside another form, so its names begin with `trial` and nothing in it is ever refused."""

    prefix = "trial"
    team_id = forms.ChoiceField(label=_("Try it against"), required=False)
    theme = forms.BooleanField(label=_("Theme"), required=False, initial=True)
    willing_to_open = forms.BooleanField(label=_("Willing to open the work"), required=False)
    bounded_experiment = forms.BooleanField(label=_("One bounded experiment"), required=False)

    def __init__(self, person: Person, programme: Programme, data: Mapping[str, str] | None) -> None:
        self.programme = programme
        self.teams = list(Team.objects.run_by(person).filter(programme=programme).order_by("name")[:MOST_TEAMS])
        super().__init__(data)
        made_up = (MADE_UP, _("A team that you make up below"))
        choices = [made_up, *((str(team.pk), str(team)) for team in self.teams)]
        self.fields["team_id"] = forms.ChoiceField(label=_("Try it against"), required=False, choices=choices)
        for row in ROWS:
            self.fields.update(_member_fields(row))

    @cached_property
    def team(self) -> Team | None:
        """The one that was chosen; of what was sent only what can be is believed."""
        chosen = str(self["team_id"].value() or "")
        return next((team for team in self.teams if str(team.pk) == chosen), None)

    def facts(self) -> Facts:
        if self.team is not None:
            self.team.programme = self.programme
            return facts_of(self.team, beside(self.programme, [self.team.pk], self.programme.requirements))
        today = clock.now().astimezone(self.programme.zone).date()
        days = {
            "today": today,
            "formed_on": today,
            "programme_starts": self.programme.starts,
            "programme_ends": self.programme.ends,
        }
        return Facts(
            tuple(self.places()),
            theme=self.is_ticked("theme"),
            willing_to_open=self.is_ticked("willing_to_open"),
            bounded_experiment=self.is_ticked("bounded_experiment"),
            days=days,
        )

    def places(self) -> Iterator[Place]:
        for row in ROWS:
            kind = str(self[f"kind_{row}"].value() or "")
            if kind not in Kind.values:
                continue
            sector = SECTORS[Kind(kind)]
            body = str(self[f"body_{row}"].value())
            yield Place(
                organisation=body,
                name=str(_("Organisation %(n)s")) % {"n": body},
                kind=kind,
                sector=sector,
                level=level_of("", kind),
                region=str(self[f"region_{row}"].value() or ""),
                state_administration=sector == Sector.STATE,
                confirmed=self[f"state_{row}"].value() != INVITED,
                convener=row == 1,
                first_time=self.is_ticked(f"first_time_{row}"),
                joined_on=clock.now().astimezone(self.programme.zone).date(),
            )

    def is_ticked(self, name: str) -> bool:
        return bool(self[name].value())

    def members(self) -> list[dict[str, BoundField]]:
        """A row of the table each."""
        return [
            {name: self[f"{name}_{row}"] for name in ("kind", "region", "body", "state", "first_time")} for row in ROWS
        ]


def _member_fields(row: int) -> dict[str, forms.Field]:
    first = FIRST.get(row, {"kind": "", "body": row, "state": IN})
    named = {"n": row}
    return {
        f"kind_{row}": _choice(
            [("", "–"), *Kind.choices], first["kind"], _("Kind of organisation, member %(n)s") % named
        ),
        f"region_{row}": _choice([("", "–"), *Region.choices], "", _("Region of member %(n)s") % named),
        f"body_{row}": _choice([(n, str(n)) for n in ROWS], first["body"], _("Organisation of member %(n)s") % named),
        f"state_{row}": _choice(
            [(IN, _("In the team")), (INVITED, _("Invited"))], first["state"], _("Has member %(n)s confirmed") % named
        ),
        f"first_time_{row}": forms.BooleanField(
            required=False,
            initial=True,
            widget=forms.CheckboxInput({"aria-label": _("Member %(n)s is here for the first time") % named}),
        ),
    }


def _choice(choices: list[tuple[object, object]], initial: object, label: object) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        required=False,
        initial=initial,
        widget=forms.Select({"aria-label": label}),
    )
