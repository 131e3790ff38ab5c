"""A form is drawn so that everybody can mend it: labels, help, errors and the way to them."""

from django import forms
from django.template import Context, Template
from django.test import override_settings

from rihma.base.fieldparts import Fault, drawing, dress, faults
from rihma.base.forms import Form, WordsFormField


class Tea(Form):
    name = forms.CharField(label="Name", help_text="As on the cup.")
    title = WordsFormField(label="Title")
    sort = forms.ChoiceField(label="Sort", choices=[("a", "Green"), ("b", "Black")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)
    hot = forms.BooleanField(label="Hot")
    key = forms.CharField(label="Key", widget=forms.HiddenInput)


class Draft(Form):
    why = forms.CharField(label="Why", required=False)


def drawn(form: Form) -> str:
    return Template("{% load rihma %}{% form_fields form %}").render(Context({"form": form}))


def test_each_kind_of_field_has_its_dress() -> None:
    form = Tea()
    assert {field.name: dress(field) for field in form.visible_fields()} == {
        "name": "plain",
        "title": "group",
        "sort": "choices",
        "note": "plain",
        "hot": "tick",
    }


def test_faults_lead_to_the_input_that_has_to_be_mended() -> None:
    form = Tea({"sort": "x"})
    form.add_error(None, "The pot is empty.")
    required = "This field is required."
    assert faults(form) == [
        Fault("The pot is empty."),
        Fault(required, "Key"),
        Fault(required, "Name", "id_name"),
        Fault(required, "Title", "id_title_0"),
        Fault("Select a valid choice. x is not one of the available choices.", "Sort", "id_sort_0"),
        Fault(required, "Hot", "id_hot"),
    ]


def test_every_target_of_a_fault_is_an_input_on_the_page() -> None:
    form = Tea({})
    page = drawn(form)
    targets = [fault.target for fault in faults(form) if fault.target]
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_errors_and_help_are_tied_to_their_input() -> None:
    page = drawn(Tea({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_optional_is_said_only_where_something_is_required() -> None:
    assert drawing(Tea()["note"])["optional"] is True
    assert drawing(Tea()["name"])["optional"] is False
    assert drawing(Draft()["why"])["optional"] is False


def test_what_was_typed_stays_and_is_escaped() -> None:
    page = drawn(Tea({"name": "<b>Åsa</b>", "title_sv": "Te & kaffe"}))
    assert 'value="&lt;b&gt;Åsa&lt;/b&gt;"' in page
    assert 'value="Te &amp; kaffe"' in page


@override_settings(LANGUAGE_CODE="en")
def test_words_have_an_input_a_language_with_its_own_label() -> None:
    page = drawn(Tea())
    for n, (lang, label) in enumerate([("fi", "Finnish"), ("sv", "Swedish"), ("en", "English")]):
        assert f'<label for="id_title_{n}">{label}</label>' in page
        assert f'name="title_{lang}" lang="{lang}"' in page
