from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.canvases.models import Canvas
from rihma.canvases.taking_out import told
from rihma.canvases.taking_out.forms import A4, FORMS, Form


@signed_in
@require_safe
def take_out(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    """Every form with what it is good for."""
    canvas = _canvas(request, canvas_id)
    board = told.board_of(canvas)
    forms = {key: form for key, form in FORMS.items() if board.kind or not form.drawn}
    context = {"programme": canvas.programme, "canvas": canvas, "board": board, "forms": forms}
    return render(request, "canvases/take_out.html", context)


@signed_in
def export(request: PersonRequest, canvas_id: UUID, form: str) -> HttpResponse:
    return answer(_canvas(request, canvas_id), form, request.GET.get("paper", A4))


def answer(canvas: Canvas, form: str, paper: str) -> HttpResponse:
    """The canvas as a file in this form, in the reader's language."""
    found = FORMS.get(form)
    board = told.board_of(canvas, whole=found is not None and found.whole)
    if found is None or (found.papers and paper not in found.papers) or (found.drawn and board.kind is None):
        raise Http404(form)
    response = HttpResponse(found.write(board, paper), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(canvas, form, found, paper)}"'
    return response


def _name(canvas: Canvas, key: str, form: Form, paper: str) -> str:
    more = f"-{get_language()}-{paper}" if form.papers else ""
    return f"{canvas.kind}{more}.{key}"


def _canvas(request: PersonRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(request.user).select_related("team", "programme"), pk=canvas_id)
