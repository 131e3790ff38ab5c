"""What is filled into the forms of the demo, so that they do what they are for, and which of them change nothing there."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import rihma.site.demo
from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls.models import Call, Criterion, Question, Section
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from tests.made import NEXT

FILLED = {
    "text": "Something",
    "email": "somebody@muualla.example",
    "url": "https://muualla.example/",
    "number": "2",
    "date": "2031-03-03",
    "time": "10:00",
}
TOLD = Path(rihma.site.demo.__file__).parent
FORM, ROUND = (TOLD / "form.json").read_text(), (TOLD / "ekosysteemikoulu-1.toml").read_text()
WRITTEN, BARE = "round-that-is-written", "round-without-a-call"


def dot() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile("dot.png", drawn.getvalue(), "image/png")


def paper() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PDF")
    return SimpleUploadedFile("paper.pdf", drawn.getvalue(), "application/pdf")


def later() -> str:
    return str(Call.objects.get(programme__slug=NEXT).closes_on + timedelta(days=30))


def before_closing() -> str:
    return str(Call.objects.get(programme__slug=WRITTEN).closes_on - timedelta(days=7))


# Route → field → what is written there, or what makes it; None leaves the field out.
RIGHT: Mapping[str, Mapping[str, Any]] = {
    "accounts:details": {"name": "Aino Lehto"},
    "accounts:name_oneself": {"name": "Aino Lehto"},
    "applications:copy": {"fields_to_bring": "name"},
    "applications:count_places": {"may_try_again": None},
    "applications:files": {"upload": paper},
    "applications:set_access": {"access": "invited"},
    "applications:set_stages": {"closes_on": before_closing},
    "applications:set_times": {"closes_on": later, "opens_on": "", "opens_at": ""},
    "attachments:attach": {"upload": dot},
    "attachments:describe": {"alt": "Two dots"},
    "brainwriting:edit": {"text": "Read"},
    # As a wish, because applications have been sent, so that nothing more may be asked of them.
    "calls:add_rule": {"holds": "count(members) >= 1", "binding": None},
    "calls:create": {"closes_on": "2031-04-03"},
    "calls:edit": {"why_en": "Because we do not know."},
    "calls:edit_rule": {"title_en": "Two sectors"},
    "calls:edit_section": {"title_en": "With whom else"},
    "calls:import_form": {"text": FORM, "how": "replace"},
    "calls:set_rules": {"completion_days": "22"},
    "canvases:move": {"importance": "10"},
    "experiments:amend": {"baseline": "12"},
    "experiments:observe": {"value": "12"},
    "moderation:erase_item": {"typed": "erase"},
    "moderation:erase_writer": {"typed": "Agneta Holm"},
    "organisations:add": {"business_id": "", "parent": "", "municipality": ""},
    "organisations:edit": {"business_id": "", "parent": "", "municipality": ""},
    "organisations:end": {"successor": "", "others": ""},
    "organisations:merge": {"into": lambda: Organisation.objects.order_by("-pk")[0].name},
    "organisations:rename": {"name": "Rekisterivirasto"},
    "programmes:create": {"slug": "something", "ends": "2031-06-03"},
    "programmes:edit": {"title_en": "Ecosystem School 3.1"},
    "programmes:import_file": {"text": ROUND},
    "reviews:set_up": {"opens_on": "", "opens_at": "", "why_no_families": ""},
    "selection:weigh": {"forced": "in"},
    "tailoring:words": {"0-name_en": "What we assume"},
    "talk:edit": {"text": "Who says that?"},
    "teams:set_kind": {"kind": "ministry"},
    "webhooks:add": {"types": "call.amended"},
    "workshops:move": {"venue": "Next door"},
    "workshops:plan": {"ends": "12:00"},
}
# Who sends it, where the first who sees the page is not who may.
SENT_BY = {"talk:edit": "convener"}
# Why a form that is sent as above changes no row of the demo.
UNCHANGED: Mapping[str, str] = {
    "account_logout": "ends a session",
    "applications:remove_cut_off": "no call of the demo takes in more than once",
    "applications:start_by_code": "asks for a code that is only in a mail",
    "base:appearance appearance": "is kept in a cookie",
    "brainwriting:place": "the round has not been revealed",
    "brainwriting:start": "a round has begun",
    "calls:add_rule try": "shows what the rule would say",
    "calls:edit_rule try": "shows what the rule would say",
    "calls:move_rule down": "there is one rule",
    "calls:move_rule up": "there is one rule",
    "canvases:restore": "is what scripts fill with an item that they took away",
    "facilitation:start_timer": "a timer runs",
    "facilitation:start_vote": "a vote is open",
    "facilitation:take_dot": "no dot has been placed",
    "library:publish": "the lesson is public",
    "mergers:mergers": "two of the three that were sent are proposed already",
    "organisations:bring_in": "shows first what the list would do",
    "programmes:end_role": "the juror has begun to read",
    "reviews:assign_all": "all have their readers",
    "reviews:bring_in": "shows first what the sheet would do",
    "selection:announce": "some wait for a decision",
    "selection:find_best": "the same was looked for, and is kept",
    "tailoring:import_file": "asks for a file of a kind",
    "teams:except_rule": "the rule is not asked of this team already",
    "teams:give_mentor": "all mentors have been given",
    "teams:report": "has been reported",
    "webhooks:again": "it is due already",
}


def filled(route: str, fields: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """`names`: what the form of this page could send."""
    right = {name: value for name, value in RIGHT.get(route, {}).items() if name in names}
    return {name: value for name, value in {**fields, **right}.items() if value is not None}


def rounds(owner: Person) -> list[dict[str, object]]:
    """What addresses stand for in rounds whose call is open, is still written, and has not been begun."""
    today = clock.now().date()
    programmes.copy(Programme.objects.get(slug=NEXT), WRITTEN, today + timedelta(days=200), by=owner)
    title = Words(fi="Tyhjä", sv="Tom", en="Bare")
    programmes.create(slug=BARE, title=title, purpose=title, description=title, starts=today, ends=today, by=owner)
    return [*(_of_call(slug) for slug in (NEXT, WRITTEN)), {"slug": BARE}]


def _of_call(slug: str) -> dict[str, object]:
    asked, criteria = (kind.objects.filter(call__programme__slug=slug) for kind in (Question, Criterion))
    sections = Section.objects.filter(call__programme__slug=slug)
    return {"slug": slug, "question_id": asked[0].pk, "criterion_id": criteria[0].pk, "section_id": sections[0].pk}
