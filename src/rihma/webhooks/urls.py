from django.urls import path

from rihma.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("programmes/<slug:slug>/webhooks/", views.endpoints, name="endpoints"),
    path("programmes/<slug:slug>/webhooks/add/", views.add, name="add"),
    path("webhooks/<uuid:endpoint_id>/", views.endpoint, name="endpoint"),
    path("webhooks/<uuid:endpoint_id>/edit/", views.edit, name="edit"),
    path("webhooks/<uuid:endpoint_id>/secret/", views.renew, name="renew"),
    path("webhooks/<uuid:endpoint_id>/turn/", views.turn, name="turn"),
    path("webhooks/<uuid:endpoint_id>/remove/", views.remove, name="remove"),
    path("webhooks/<uuid:endpoint_id>/try/", views.try_out, name="try_out"),
    path("webhooks/deliveries/<uuid:delivery_id>/again/", views.again, name="again"),
]
