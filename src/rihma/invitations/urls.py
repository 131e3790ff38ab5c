from django.urls import path

from rihma.invitations import answer_views, views

app_name = "invitations"
urlpatterns = [
    path("programmes/<slug:slug>/call/invitations/", views.invitations, name="invitations"),
    path("invitations/<uuid:invitation_id>/", answer_views.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/accept/", answer_views.accept, name="accept"),
    path("invitations/<uuid:invitation_id>/decline/", answer_views.decline, name="decline"),
    path("invitations/<uuid:invitation_id>/remind/", views.remind, name="remind"),
    path("invitations/<uuid:invitation_id>/revoke/", views.revoke, name="revoke"),
    path("invitations/<uuid:invitation_id>/by/<str:secret>/", answer_views.by_link, name="by_link"),
]
