from django.urls import path

from rihma.workshops import feeds, views

app_name = "workshops"
urlpatterns = [
    # /programmes/<slug>/workshops/…
    path("programmes/<slug:slug>/workshops/", views.workshops, name="workshops"),
    path("programmes/<slug:slug>/workshops/plan/", views.plan, name="plan"),
    # /workshops/…
    path("workshops/subscribe/", feeds.subscribe, name="subscribe"),
    path("workshops/subscribe/renew/", feeds.renew, name="renew"),
    path("workshops/answer/<str:token>/", views.answer_by_link, name="answer_by_link"),
    path("workshops/<uuid:workshop_id>/", views.workshop, name="workshop"),
    path("workshops/<uuid:workshop_id>/answer/", views.answer, name="answer"),
    path("workshops/<uuid:workshop_id>/answers/", views.answers, name="answers"),
    path("workshops/<uuid:workshop_id>/ask/", views.ask, name="ask"),
    path("workshops/<uuid:workshop_id>/cancel/", views.cancel, name="cancel"),
    path("workshops/<uuid:workshop_id>/edit/", views.edit, name="edit"),
    path("workshops/<uuid:workshop_id>/move/", views.move, name="move"),
]
