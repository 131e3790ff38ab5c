from django.urls import path

from rihma.actors.views import known
from rihma.teams.register import bringing, views

app_name = "organisations"
urlpatterns = [
    # /organisations/…
    path("", views.organisations, name="list"),
    path("add/", views.add, name="add"),
    path("known/", known, name="known"),
    path("bring-in/", bringing.bring_in, name="bring_in"),
    path("<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("<uuid:organisation_id>/edit/", views.edit, name="edit"),
    path("<uuid:organisation_id>/rename/", views.rename, name="rename"),
    path("<uuid:organisation_id>/kind/", views.become, name="become"),
    path("<uuid:organisation_id>/end/", views.end, name="end"),
    path("<uuid:organisation_id>/merge/", views.merge, name="merge"),
]
