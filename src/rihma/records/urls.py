from django.urls import path

from rihma.records.views import archive, documents, register, retention, secrets

app_name = "records"
urlpatterns = [
    path("programmes/<slug:slug>/records/", register.cases, name="cases"),
    path("programmes/<slug:slug>/records/plan/", register.plan, name="plan"),
    path("programmes/<slug:slug>/records/retention/", retention.report, name="retention"),
    path("programmes/<slug:slug>/records/requests/", documents.log, name="log"),
    path("programmes/<slug:slug>/documents/", documents.ask, name="ask"),
    path("programmes/<slug:slug>/documents/<uuid:request_id>/<slug:token>/", documents.asked, name="asked"),
    path("documents/<uuid:request_id>/answer/", documents.answer, name="answer"),
    path("applications/<uuid:application_id>/secrets/", secrets.mark, name="mark"),
    path("applications/<uuid:application_id>/secrets/<str:part>/unmark/", secrets.unmark, name="unmark"),
    path("applications/<uuid:application_id>/secrets/<str:part>/decide/", secrets.decide, name="decide"),
    path("applications/<uuid:application_id>/redacted/", secrets.redacted, name="redacted"),
    path("applications/<uuid:application_id>/application.pdf", archive.own, name="own"),
    path("applications/<uuid:application_id>/redacted.pdf", archive.copy, name="copy"),
    path("applications/<uuid:application_id>/case.zip", archive.take_out, name="take_out"),
    path("programmes/<slug:slug>/records/cases.zip", archive.take_all_out, name="take_all_out"),
]
