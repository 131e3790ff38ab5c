from django.urls import path

from rihma.mergers import views

app_name = "mergers"
urlpatterns = [
    path("programmes/<slug:slug>/mergers/", views.mergers, name="mergers"),
    path("mergers/<uuid:merger_id>/", views.merger, name="merger"),
    path("mergers/<uuid:merger_id>/agree/", views.agree, name="agree"),
    path("mergers/<uuid:merger_id>/decline/", views.decline, name="decline"),
    path("mergers/<uuid:merger_id>/take-back/", views.take_back, name="take_back"),
]
