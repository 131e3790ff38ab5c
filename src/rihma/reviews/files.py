"""Files of an application, for whoever it lies before."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from rihma.applications.models import AnswerFile
from rihma.base.files.sending import sent
from rihma.reviews.content import content_of
from rihma.reviews.models import Assignment


def file_of(found: Assignment, key: str, file_id: UUID, *, known: str = "") -> HttpResponse:
    """`found` was looked up from its juror and brings its application, so a conflict hides its files too."""
    application = found.application
    content = content_of(application, blind=application.counts_for.reviewing.blind)
    told = next((one for part in content.answers for one in part.files if (one.key, one.id) == (key, file_id)), None)
    if told is None:
        raise Http404(key)
    row = get_object_or_404(AnswerFile, application=application, pk=file_id)
    return sent(row.file, kind=row.kind, name=told.name, digest=row.digest, known=known)
