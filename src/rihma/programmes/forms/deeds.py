from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, WordsFormField
from rihma.programmes.file.reading import BIGGEST
from rihma.programmes.forms.fields import AddressField, DayField
from rihma.programmes.models import Programme, Role

WEEKS_A_YEAR = 52


class CreateForm(Form):
    title = WordsFormField(label=_("Name of the programme"), max_length=150)
    slug = AddressField()
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"))


class PublishForm(Form):
    although = forms.CharField(
        label=_("Why it is published without these texts"),
        help_text=_("The reason is kept with the programme."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class CopyForm(Form):
    slug = AddressField(label=_("Address of the copy"))
    starts = DayField(
        label=_("First day of the copy"),
        help_text=_(
            "Every date moves by whole weeks, so that weekdays and clock times stay. The nearest such day is chosen."
        ),
    )

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> "CopyForm":
        year_on = programme.starts + timedelta(weeks=WEEKS_A_YEAR)
        slug = next_slug(programme.slug, year_on)
        while Programme.objects.filter(slug=slug).exists():
            slug = next_slug(slug, year_on)
        return cls(data, initial={"starts": year_on, "slug": slug})


def next_slug(slug: str, starts: date) -> str:
    """`school-2` → `school-3`, `spring` → `spring-2027`."""
    stem, _dash, number = slug.rpartition("-")
    if stem and number.isdecimal():
        return f"{stem}-{int(number) + 1}"
    return f"{slug}-{starts.year}"


class ImportForm(Form):
    upload = forms.FileField(
        label=_("Programme file"), required=False, widget=forms.FileInput({"accept": ".toml,text/*"})
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        # Line numbers would be wrong if empty lines at the start were cut off.
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "class": "code", "wrap": "off"}),
    )

    def given(self) -> bytes:
        """The chosen file, else the text. What is far too big is not read to its end."""
        upload = self.files.get("upload")
        if isinstance(upload, UploadedFile):
            return bytes(upload.read(BIGGEST + 1))
        return str(self.data.get("text", "")).encode()


class AppointForm(Form):
    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), help_text=_("If they are new here."), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices, initial=Role.Kind.MENTOR)

    def clean_role(self) -> Role.Kind:
        return Role.Kind(self.cleaned_data["role"])
