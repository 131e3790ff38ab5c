from django.urls import path

from rihma.applications import views

app_name = "applications"
urlpatterns = [
    # /programmes/<slug>/call/…
    path("programmes/<slug:slug>/call/apply/", views.start, name="start"),
    path("programmes/<slug:slug>/call/times/", views.set_times, name="set_times"),
    # /applications/…
    path("applications/<uuid:application_id>/", views.application, name="application"),
    path("applications/<uuid:application_id>/save/", views.save, name="save"),
    path("applications/<uuid:application_id>/rules/", views.rules_now, name="rules"),
    path("applications/<uuid:application_id>/submit/", views.submit, name="submit"),
    path("applications/<uuid:application_id>/receipt/", views.receipt, name="receipt"),
    path("applications/<uuid:application_id>/withdraw/", views.withdraw, name="withdraw"),
]
