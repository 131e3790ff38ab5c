from django.urls import path

from rihma.facilitation import views

app_name = "facilitation"
urlpatterns = [
    # /canvases/<id>/…
    path("now/", views.now, name="now"),
    path("votes/", views.votes, name="votes"),
    path("votes/start/", views.start_vote, name="start_vote"),
    path("votes/<uuid:vote_id>/", views.vote, name="vote"),
    path("votes/<uuid:vote_id>/export/", views.export_vote, name="export_vote"),
    path("votes/<uuid:vote_id>/close/", views.close_vote, name="close_vote"),
    path("votes/<uuid:vote_id>/reopen/", views.reopen_vote, name="reopen_vote"),
    path("votes/<uuid:vote_id>/dots/<uuid:item_id>/", views.dots_on, name="dots_on"),
    path("votes/<uuid:vote_id>/dots/<uuid:item_id>/place/", views.place_dot, name="place_dot"),
    path("votes/<uuid:vote_id>/dots/<uuid:item_id>/take/", views.take_dot, name="take_dot"),
    path("timer/start/", views.start_timer, name="start_timer"),
    path("timer/extend/", views.extend_timer, name="extend_timer"),
    path("timer/stop/", views.stop_timer, name="stop_timer"),
    path("focus/", views.focus, name="focus"),
    path("focus/end/", views.end_focus, name="end_focus"),
]
