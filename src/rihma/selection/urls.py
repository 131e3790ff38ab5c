from django.urls import path

from rihma.selection import views

app_name = "selection"
urlpatterns = [
    # /programmes/<slug>/applications/…
    path("programmes/<slug:slug>/applications/", views.applications, name="applications"),
    path("programmes/<slug:slug>/applications/announce/", views.announce, name="announce"),
    path("applications/<uuid:application_id>/decide/", views.decide, name="decide"),
]
