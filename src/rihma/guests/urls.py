from django.urls import path

from rihma.guests import views

app_name = "guests"
urlpatterns = [
    path("join/", views.come, name="join"),
    path("j/<uuid:link_id>/", views.come, name="come"),
]
