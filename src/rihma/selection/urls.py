from django.urls import path

from rihma.selection import choose_views, letters, take_views, views

app_name = "selection"
urlpatterns = [
    # /programmes/<slug>/applications/…
    path("programmes/<slug:slug>/applications/", views.applications, name="applications"),
    path("programmes/<slug:slug>/applications/announce/", views.announce, name="announce"),
    path("programmes/<slug:slug>/applications/choose/", choose_views.choose, name="choose"),
    path("programmes/<slug:slug>/applications/choose/limits/", choose_views.limits, name="limits"),
    path("programmes/<slug:slug>/applications/choose/find/", choose_views.find_best, name="find_best"),
    path("programmes/<slug:slug>/applications/choose/take/", take_views.take, name="take"),
    path("programmes/<slug:slug>/applications/choose/<uuid:search_id>/", take_views.search, name="search"),
    path("programmes/<slug:slug>/chosen/", letters.chosen, name="chosen"),
    path("applications/<uuid:application_id>/decision/", letters.letter, name="letter"),
    path("teams/<uuid:team_id>/leave-programme/", views.leave_programme, name="leave_programme"),
    path("applications/<uuid:application_id>/decide/", views.decide, name="decide"),
    path("applications/<uuid:application_id>/weigh/", choose_views.weigh, name="weigh"),
]
