from django.urls import path

from rihma.calls import feeds
from rihma.calls.views import lines, pages

app_name = "calls"
urlpatterns = [
    # /programmes/…
    path("calls.atom", feeds.calls, name="feed"),
    path("<slug:slug>/call/", pages.call, name="call"),
    path("<slug:slug>/call/create/", pages.create, name="create"),
    path("<slug:slug>/call/edit/", pages.edit, name="edit"),
    path("<slug:slug>/call/rules/", pages.set_rules, name="set_rules"),
    path("<slug:slug>/call/questions/", lines.questions, name="questions"),
    path("<slug:slug>/call/questions/add/", lines.add_question, name="add_question"),
    path("<slug:slug>/call/questions/<int:question_id>/edit/", lines.edit_question, name="edit_question"),
    path("<slug:slug>/call/questions/<int:question_id>/move/", lines.move_question, name="move_question"),
    path("<slug:slug>/call/questions/<int:question_id>/remove/", lines.remove_question, name="remove_question"),
    path("<slug:slug>/call/criteria/", lines.criteria, name="criteria"),
    path("<slug:slug>/call/criteria/add/", lines.add_criterion, name="add_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/edit/", lines.edit_criterion, name="edit_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/move/", lines.move_criterion, name="move_criterion"),
    path("<slug:slug>/call/criteria/<int:criterion_id>/remove/", lines.remove_criterion, name="remove_criterion"),
]
