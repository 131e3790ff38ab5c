from django.urls import path

from rihma.challenges import handling_views, views

app_name = "challenges"
urlpatterns = [
    path("programmes/<slug:slug>/call/challenges/", views.challenges, name="challenges"),
    path("programmes/<slug:slug>/call/challenges/post/", views.post, name="post"),
    path("programmes/<slug:slug>/call/challenges/posters/", handling_views.posters, name="posters"),
    path("challenges/posters/<int:poster_id>/let-out/", handling_views.let_out, name="let_out"),
    path("challenges/questions/<int:enquiry_id>/answer/", handling_views.answer, name="answer"),
    path("challenges/<uuid:challenge_id>/", views.challenge, name="challenge"),
    path("challenges/<uuid:challenge_id>/edit/", views.edit, name="edit"),
    path("challenges/<uuid:challenge_id>/publish/", views.publish, name="publish"),
    path("challenges/<uuid:challenge_id>/close/", views.close, name="close"),
    path("challenges/<uuid:challenge_id>/ask/", views.ask, name="ask"),
]
