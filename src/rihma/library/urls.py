from django.urls import path

from rihma.library import feeds, views

app_name = "library"
urlpatterns = [
    # /lessons/…
    path("", views.lessons, name="lessons"),
    path("lessons.atom", feeds.lessons, name="feed"),
    path("of/<uuid:experiment_id>/draft/", views.draft, name="draft"),
    path("<uuid:lesson_id>/edit/", views.edit, name="edit"),
    path("<uuid:lesson_id>/publish/", views.publish, name="publish"),
    path("<uuid:lesson_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.lesson, name="lesson"),
    path("<slug:slug>/lesson.json", views.lesson_json, name="json"),
]
