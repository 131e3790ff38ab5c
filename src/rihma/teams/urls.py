from django.urls import path

from rihma.teams import exceptions, organisations, views

app_name = "teams"
urlpatterns = [
    # /teams/…
    path("<uuid:team_id>/", views.team, name="team"),
    path("<uuid:team_id>/edit/", views.edit, name="edit"),
    path("<uuid:team_id>/invite/", views.invite, name="invite"),
    path("<uuid:team_id>/act-for/", views.act_for, name="act_for"),
    path("<uuid:team_id>/mentor/", views.give_mentor, name="give_mentor"),
    path("<uuid:team_id>/rules/<slug:rule>/exception/", exceptions.except_rule, name="except_rule"),
    path(
        "<uuid:team_id>/rules/<slug:rule>/exception/take-back/",
        exceptions.take_back_exception,
        name="take_back_exception",
    ),
    path("<uuid:team_id>/organisations/<uuid:organisation_id>/kind/", organisations.set_kind, name="set_kind"),
    path("<uuid:team_id>/offer/", views.offer, name="offer"),
    path("<uuid:team_id>/members/<uuid:member_id>/leave/", views.leave, name="leave"),
    path("invitations/<uuid:member_id>/", views.invitation, name="invitation"),
    path("invitations/<uuid:member_id>/decline/", views.decline_invitation, name="decline_invitation"),
]
