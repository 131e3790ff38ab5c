from django.urls import path

from rihma.calls import feeds, views

app_name = "calls"
urlpatterns = [
    # /programmes/…
    path("calls.atom", feeds.calls, name="feed"),
    path("<slug:slug>/call/", views.call, name="call"),
    path("<slug:slug>/call/create/", views.create, name="create"),
    path("<slug:slug>/call/edit/", views.edit, name="edit"),
]
