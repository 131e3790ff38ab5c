from django.urls import path

from rihma.experiments import views

app_name = "experiments"
urlpatterns = [
    # /experiments/programmes|teams|items/…
    path("programmes/<slug:slug>/", views.of_programme, name="of_programme"),
    path("teams/<uuid:team_id>/", views.of_team, name="of_team"),
    path("teams/<uuid:team_id>/draft/", views.draft, name="draft"),
    path("items/<uuid:item_id>/draft/", views.draft_from_item, name="draft_from_item"),
    # /experiments/<id>/…
    path("<uuid:experiment_id>/", views.experiment, name="experiment"),
    path("<uuid:experiment_id>/edit/", views.edit, name="edit"),
    path("<uuid:experiment_id>/save/", views.save, name="save"),
    path("<uuid:experiment_id>/checks/", views.checks, name="checks"),
    path("<uuid:experiment_id>/make-ready/", views.make_ready, name="make_ready"),
    path("<uuid:experiment_id>/allow-dates/", views.allow_dates, name="allow_dates"),
    path("<uuid:experiment_id>/start/", views.start, name="start"),
    path("<uuid:experiment_id>/amend/", views.amend, name="amend"),
    path("<uuid:experiment_id>/pause/", views.pause, name="pause"),
    path("<uuid:experiment_id>/resume/", views.resume, name="resume"),
    path("<uuid:experiment_id>/observe/", views.observe, name="observe"),
    path("<uuid:experiment_id>/end/", views.end, name="end"),
    path("<uuid:experiment_id>/conclude/", views.conclude, name="conclude"),
    path("<uuid:experiment_id>/decide/", views.decide, name="decide"),
    path("<uuid:experiment_id>/cancel/", views.cancel, name="cancel"),
]
