"""The files that teams of the demo send along with their application."""

from io import BytesIO

from PIL import Image, ImageDraw

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.applications.queries import asked

PAGE, MARGIN, STEP = (842, 595), 70, 150
PAPER, INK, STEPS = "#ffffff", "#1f2a44", ("#f2c14e", "#8fb8de", "#a3c9a8", "#e3b5a4")


def send_plan(application: Application, name: str, by: Person) -> None:
    question = next(one for one in asked(application.call) if one.kind == "file")
    applications.add_file(application, question, _plan(), name=name, by=by)


def _plan() -> bytes:
    """One page: four steps, and what leads from one to the next."""
    page = Image.new("RGB", PAGE, PAPER)
    drawn = ImageDraw.Draw(page)
    middle = PAGE[1] // 2
    for number, colour in enumerate(STEPS):
        left = MARGIN + number * (STEP + MARGIN // 2)
        drawn.rounded_rectangle((left, middle - 60, left + STEP, middle + 60), radius=12, fill=colour)
        if number:
            drawn.line((left - MARGIN // 2, middle, left, middle), fill=INK, width=3)
    out = BytesIO()
    page.save(out, "PDF", resolution=72)
    return out.getvalue()
