from django.urls import path

from rihma.calls import feeds
from rihma.calls.views import form_files, lines, own_rules, pages, questions

app_name = "calls"
urlpatterns = [
    # /programmes/…
    path("calls.atom", feeds.calls, name="feed"),
    path("<slug:slug>/call/", pages.call, name="call"),
    path("<slug:slug>/call/create/", pages.create, name="create"),
    path("<slug:slug>/call/edit/", pages.edit, name="edit"),
    path("<slug:slug>/call/rules/", pages.set_rules, name="set_rules"),
    path("<slug:slug>/call/questions/", questions.questions, name="questions"),
    path("<slug:slug>/call/questions/add/", questions.add_question, name="add_question"),
    path("<slug:slug>/call/questions/<int:question_id>/edit/", questions.edit_question, name="edit_question"),
    path("<slug:slug>/call/rules/add/", own_rules.add_rule, name="add_rule"),
    path("<slug:slug>/call/rules/<slug:key>/edit/", own_rules.edit_rule, name="edit_rule"),
    path("<slug:slug>/call/rules/<slug:key>/move/", own_rules.move_rule, name="move_rule"),
    path("<slug:slug>/call/rules/<slug:key>/remove/", own_rules.remove_rule, name="remove_rule"),
    path("<slug:slug>/call/questions/<int:question_id>/move/", lines.move_question, name="move_question"),
    path("<slug:slug>/call/questions/<int:question_id>/remove/", lines.remove_question, name="remove_question"),
    path("<slug:slug>/call/form/export/", form_files.export_form, name="export_form"),
    path("<slug:slug>/call/form/import/", form_files.import_form, name="import_form"),
    path("<slug:slug>/call/sections/add/", lines.add_section, name="add_section"),
    path("<slug:slug>/call/sections/<int:section_id>/edit/", lines.edit_section, name="edit_section"),
    path("<slug:slug>/call/sections/<int:section_id>/move/", lines.move_section, name="move_section"),
    path("<slug:slug>/call/sections/<int:section_id>/remove/", lines.remove_section, name="remove_section"),
    path("<slug:slug>/call/criteria/", lines.criteria, name="criteria"),
    path("<slug:slug>/call/criteria/add/", lines.add_criterion, name="add_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/edit/", lines.edit_criterion, name="edit_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/move/", lines.move_criterion, name="move_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/remove/", lines.remove_criterion, name="remove_criterion"),
]
