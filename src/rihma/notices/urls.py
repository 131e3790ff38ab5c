from django.urls import path

from rihma.notices import views

app_name = "notices"
urlpatterns = [
    path("mail/", views.mailbox, name="mailbox"),
]
