from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from rihma.site import health, views
from rihma.site.api import api

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("rihma.base.urls")),
    path("api/v1/", api.urls),
    path("", include("rihma.workshops.feed_urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views.about, name="about"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("privacy/", views.privacy, name="privacy"),
        path("account/", include("rihma.accounts.urls")),
        path("", include("rihma.applications.urls")),
        path("", include("rihma.workshops.urls")),
        path("", include("rihma.selection.urls")),
        path("", include("rihma.reviews.urls")),
        path("programmes/", include("rihma.programmes.urls")),
        path("programmes/", include("rihma.calls.urls")),
        path("programmes/", include("rihma.tailoring.urls")),
        path("", include("rihma.teams.urls")),
        path("organisations/", include("rihma.teams.register.urls")),
        path("lessons/", include("rihma.library.urls")),
        path("", include("rihma.records.urls")),
        path("", include("rihma.insights.urls")),
        path("canvases/", include("rihma.canvases.urls")),
        path("canvases/<uuid:canvas_id>/", include("rihma.talk.urls")),
        path("canvases/<uuid:canvas_id>/", include("rihma.facilitation.urls")),
        path("canvases/<uuid:canvas_id>/alone/", include("rihma.brainwriting.urls")),
        path("canvases/", include("rihma.attachments.urls")),
        path("", include("rihma.moderation.urls")),
        path("", include("rihma.mergers.urls")),
        path("", include("rihma.invitations.urls")),
        path("", include("rihma.challenges.urls")),
        path("experiments/", include("rihma.experiments.urls")),
        path("", include("rihma.notices.urls")),
        path("", include("rihma.guests.urls")),
        path("", include("rihma.webhooks.urls")),
    ),
]

handler400 = "rihma.site.errors.bad_request"
handler403 = "rihma.site.errors.forbidden"
handler404 = "rihma.site.errors.not_found"
handler500 = "rihma.site.errors.failed"
