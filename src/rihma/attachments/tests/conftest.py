from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image
from pypdf import PdfWriter

from rihma.accounts.models import Person
from rihma.attachments import actions
from rihma.attachments.models import Attachment
from rihma.base import clock
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, canvas, put, team, text_of, works
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from tests.conftest import Cast

__all__ = ["ClientOf", "canvas", "put", "team", "text_of", "works"]

type Attach = Callable[..., Attachment]


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **saying: Any) -> bytes:
    """Half red, half blue, so that turning it shows."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, kind, **saying)
    return out.getvalue()


def pdf(change: Callable[[PdfWriter], object] = lambda _writer: None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def attach(canvas: Canvas, cast: Cast) -> Attach:
    """The convener's photo in the first zone."""

    def attach(content: bytes = b"", **said: Any) -> Attachment:
        usual: dict[str, Any] = {
            "name": "wall.jpg",
            "zone": "wanted",
            "alt": "Our wall",
            "lang": "en",
            "by": cast["convener"],
        }
        return actions.attach(canvas, content or photo(), **(usual | said))

    return attach


def guest_of(canvas: Canvas, by: Person, role: str = "writer") -> tuple[Guest, Client]:
    """Somebody who came by a link, and their browser."""
    ends_at = clock.now() + timedelta(days=2)
    link = canvases.let_guests_in(canvas, role=role, ends_at=ends_at, most=60, is_anonymous=False, by=by)
    guest, secret = guests.come_in(link, name="Aamu", language="en")
    client = Client(headers={"accept-language": "en"})
    client.cookies[settings.GUEST_COOKIE_NAME] = secret
    return guest, client


def url(name: str, canvas: Canvas, *more: object) -> str:
    with translation.override("en"):
        return reverse(f"attachments:{name}", args=[canvas.pk, *more])


def post(client: Client, canvas: Canvas, content: bytes, name: str = "wall.jpg", **said: str) -> HttpResponse | Any:
    upload = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post(url("attach", canvas), {"upload": upload, "place": "wanted", "alt": "Our wall", **said})


def on_disk() -> list[str]:
    root: Path = settings.FILES
    return sorted(path.name for path in root.glob("*/*"))


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
