"""Outside the language prefix: calendars keep an address for years, whatever language its owner reads in."""

from django.urls import path

from rihma.workshops import feeds

app_name = "calendar"
urlpatterns = [
    path("calendar/<str:token>.ics", feeds.person, name="person"),
    path("programmes/<slug:slug>/workshops.ics", feeds.programme, name="programme"),
    path("workshops/<uuid:workshop_id>.ics", feeds.workshop, name="workshop"),
]
