from django.urls import path

from rihma.brainwriting import views

app_name = "brainwriting"
urlpatterns = [
    # /canvases/<id>/alone/…
    path("now/", views.now, name="now"),
    path("start/", views.start, name="start"),
    path("<uuid:round_id>/reveal/", views.reveal, name="reveal"),
    path("<uuid:round_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:round_id>/write/", views.write, name="write"),
    path("<uuid:round_id>/<uuid:note_id>/edit/", views.edit, name="edit"),
    path("<uuid:round_id>/<uuid:note_id>/place/", views.place, name="place"),
    path("<uuid:round_id>/<uuid:note_id>/remove/", views.remove, name="remove"),
]
