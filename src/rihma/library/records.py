from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from rihma.library.models import Lesson


def lesson_record(lesson: Lesson) -> dict[str, object]:
    """A lesson as open data: the same on its own page's JSON, in the list and in the API."""
    theme = lesson.experiment.team.theme
    return {
        "id": str(lesson.pk),
        "slug": lesson.slug,
        "url": {lang: _address(lesson, lang) for lang, _name in settings.LANGUAGES},
        "programme": lesson.programme.slug,
        "theme": theme.title.to_dict() if theme else None,
        "headline": lesson.headline.to_dict(),
        "question": lesson.question.to_dict(),
        "what_was_done": lesson.what_was_done.to_dict(),
        "what_came_out": lesson.what_came_out.to_dict(),
        "reuse": lesson.reuse.to_dict(),
        "verdict": lesson.verdict,
        "decision": lesson.decision,
        "facts": lesson.facts,
        "licence": lesson.licence,
        "published_at": lesson.published_at.isoformat() if lesson.published_at else None,
    }


def _address(lesson: Lesson, lang: str) -> str:
    with override(lang):
        return settings.BASE_URL + reverse("library:lesson", args=[lesson.slug])
