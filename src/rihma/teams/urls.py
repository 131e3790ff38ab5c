from django.urls import path

from rihma.teams import board, contact_views, exceptions, organisations, partner_views, views

app_name = "teams"
urlpatterns = [
    path("teams/<uuid:team_id>/", views.team, name="team"),
    path("teams/<uuid:team_id>/edit/", views.edit, name="edit"),
    path("teams/<uuid:team_id>/invite/", views.invite, name="invite"),
    path("teams/<uuid:team_id>/act-for/", views.act_for, name="act_for"),
    path("teams/<uuid:team_id>/mentor/", views.give_mentor, name="give_mentor"),
    path("teams/<uuid:team_id>/rules/<slug:rule>/exception/", exceptions.except_rule, name="except_rule"),
    path(
        "<uuid:team_id>/rules/<slug:rule>/exception/take-back/",
        exceptions.take_back_exception,
        name="take_back_exception",
    ),
    path("teams/<uuid:team_id>/organisations/<uuid:organisation_id>/kind/", organisations.set_kind, name="set_kind"),
    path("programmes/<slug:slug>/call/partners/", board.partners, name="partners"),
    path("teams/<uuid:team_id>/card/", board.edit_card, name="edit_card"),
    path("teams/<uuid:team_id>/card/take-down/", board.take_down_card, name="take_down_card"),
    path("teams/<uuid:team_id>/organisations/name/", partner_views.name_partner, name="name_partner"),
    path(
        "teams/<uuid:team_id>/partners/<uuid:partner_id>/take-back/",
        partner_views.take_back_partner,
        name="take_back_partner",
    ),
    path("teams/partners/<uuid:partner_id>/", partner_views.partner, name="partner"),
    path("teams/partners/<uuid:partner_id>/decline/", partner_views.decline_partner, name="decline_partner"),
    path("teams/<uuid:team_id>/offer/", contact_views.offer, name="offer"),
    path("teams/<uuid:team_id>/contacts/", contact_views.contacts, name="contacts"),
    path("teams/contacts/<uuid:contact_id>/", contact_views.contact, name="contact"),
    path("teams/contacts/<uuid:contact_id>/address/", contact_views.show_address, name="show_address"),
    path("teams/contacts/<uuid:contact_id>/stop/", contact_views.stop, name="stop"),
    path("teams/contacts/<uuid:contact_id>/report/", contact_views.report, name="report"),
    path("teams/contacts/<uuid:contact_id>/bar/", contact_views.bar, name="bar"),
    path("teams/<uuid:team_id>/members/<uuid:member_id>/leave/", views.leave, name="leave"),
    path("teams/invitations/<uuid:member_id>/", views.invitation, name="invitation"),
    path("teams/invitations/<uuid:member_id>/decline/", views.decline_invitation, name="decline_invitation"),
]
