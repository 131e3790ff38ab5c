from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rihma.attachments import rules
from rihma.base.forms import Form, SeenForm
from rihma.canvases import kinds
from rihma.canvases.models import Canvas

IN_ZONE = "/"
LONGEST_CHOICE = 60


def alt_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("What does it show?"),
        help_text=_("One sentence, read aloud to those who do not see it."),
        required=required,
        max_length=rules.LONGEST_ALT,
    )


class AttachForm(Form):
    """One file, where it belongs, and what it shows."""

    upload = forms.FileField(
        label=_("Photo or PDF"),
        help_text=_("JPEG, PNG, WebP or PDF, at most 10 MB. Where and with what a photo was taken is removed."),
        # So that an empty one is refused in our words.
        allow_empty_file=True,
        widget=forms.FileInput({"accept": rules.ACCEPT}),
    )
    place = forms.ChoiceField(label=_("Where it belongs"))
    alt = alt_field(required=False)

    def __init__(self, canvas: Canvas, *args: Any, camera: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # tells the type
        place.choices = list(places_of(canvas))
        if camera:
            # Opens the camera at once; without it a phone asks whether to take a photo or to choose one.
            self.fields["upload"].widget.attrs |= {"capture": "environment", "accept": "image/jpeg"}

    def where(self) -> tuple[str, UUID | None]:
        """The zone, and the item where it stands at one."""
        zone, _slash, item = self.cleaned_data["place"].partition(IN_ZONE)
        return zone, UUID(item) if item else None


class DescribeForm(SeenForm):
    alt = alt_field(required=True)


def places_of(canvas: Canvas) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each zone, and in it the items that can be read."""
    kind = kinds.of(canvas)
    items = sorted(canvas.items.live().filter(hidden=False), key=lambda item: (item.order, str(item.pk)))
    for zone in kind.zones if kind else ():
        of_items = [
            (f"{zone.key}{IN_ZONE}{item.pk}", _shortened(item.text))
            for item in items
            if item.zone == zone.key and item.text
        ]
        yield str(zone.name), [(zone.key, gettext("All of “%(zone)s”") % {"zone": zone.name}), *of_items]


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_CHOICE else words[: LONGEST_CHOICE - 1] + "…"
