from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from rihma.site import views

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("", include("rihma.base.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("account/", include("allauth.urls")),
        path("", include("rihma.applications.urls")),
        path("programmes/", include("rihma.calls.urls")),
        path("teams/", include("rihma.teams.urls")),
    ),
]
