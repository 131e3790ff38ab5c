from django.urls import path

from rihma.base import views

app_name = "base"
urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("gallery/", views.gallery, name="gallery"),
]
