from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from rihma.base import clock
from rihma.base.numerals import span
from rihma.base.words import Words
from rihma.programmes.file.shape import full_schema
from rihma.programmes.models import Programme

router = Router(tags=["programmes"])
MOST = 200

type Texts = dict[str, str]


class PhaseOut(Schema):
    title: Texts
    starts: date
    ends: date


class ProgrammeOut(Schema):
    id: UUID
    slug: str
    url: str
    # upcoming, running, ended or closed
    stage: str
    title: Texts
    purpose: Texts
    description: Texts
    starts: date
    ends: date
    time_zone: str
    organisers: list[str]
    partners: list[str]
    contact: str
    room_seats: int
    themes: list[Texts]
    phases: list[PhaseOut]


@router.get("/programmes", auth=None, response=list[ProgrammeOut], summary="Public programmes, newest first")
def programmes(request: HttpRequest, offset: int = 0, limit: int = 50) -> list[dict[str, object]]:
    found = Programme.objects.public().prefetch_related("themes", "phases")
    return [_out(request, one) for one in found[span(offset, limit, MOST)]]


@router.get("/programmes/{slug}", auth=None, response=ProgrammeOut, summary="One public programme")
def programme(request: HttpRequest, slug: str) -> dict[str, object]:
    return _out(request, get_object_or_404(Programme.objects.public(), slug=slug))


@router.get("/programme-file-schema", auth=None, summary="JSON Schema of the programme file, for editors")
def programme_file_schema(request: HttpRequest) -> dict[str, object]:
    return full_schema()


def _out(request: HttpRequest, found: Programme) -> dict[str, object]:
    plain = ("id", "slug", "starts", "ends", "time_zone", "organisers", "partners", "contact", "room_seats")
    return {
        **{name: getattr(found, name) for name in plain},
        **{name: _texts(getattr(found, name)) for name in ("title", "purpose", "description")},
        "url": request.build_absolute_uri(found.get_absolute_url()),
        "stage": str(found.stage(clock.now())),
        "themes": [_texts(theme.title) for theme in found.themes.all()],
        "phases": [
            {"title": _texts(phase.title), "starts": phase.starts, "ends": phase.ends} for phase in found.phases.all()
        ],
    }


def _texts(words: Words) -> Texts:
    return words.to_dict()
