from django.urls import path

from rihma.insights import views

app_name = "insights"
urlpatterns = [path("programmes/<slug:slug>/facilitator/", views.facilitator, name="facilitator")]
