from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from rihma.base.numerals import span
from rihma.library.models import Lesson
from rihma.library.queries import listed, narrowed
from rihma.library.records import lesson_record

router = Router(tags=["lessons"])
MOST = 200


@router.get("/lessons", auth=None, summary="Published lessons, newest first")
def lessons(
    request: HttpRequest, decision: str = "", verdict: str = "", offset: int = 0, limit: int = 50
) -> list[dict[str, object]]:
    found = narrowed(listed(Lesson.objects.published()), theme="", decision=decision, verdict=verdict)
    return [lesson_record(lesson) for lesson in found[span(offset, limit, MOST)]]


@router.get("/lessons/{slug}", auth=None, summary="One published lesson")
def lesson(request: HttpRequest, slug: str) -> dict[str, object]:
    return lesson_record(get_object_or_404(listed(Lesson.objects.published()), slug=slug))
