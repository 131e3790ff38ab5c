from django.urls import path

from rihma.applications import (
    access_views,
    arrival_views,
    challenge_views,
    copy_views,
    cut_off_urls,
    draft_views,
    file_urls,
    later_views,
    preview_views,
    start_views,
    time_views,
    told_views,
    version_views,
    views,
)

app_name = "applications"
urlpatterns = [
    # /programmes/<slug>/call/…
    path("programmes/<slug:slug>/call/apply/", start_views.start, name="start"),
    path("programmes/<slug:slug>/call/answers/", told_views.told, name="told"),
    path("programmes/<slug:slug>/call/access/", access_views.set_access, name="set_access"),
    path("programmes/<slug:slug>/call/times/", time_views.set_times, name="set_times"),
    *cut_off_urls.PATHS,
    path("programmes/<slug:slug>/call/questions/preview/", preview_views.preview, name="preview"),
    path("programmes/<slug:slug>/call/questions/preview/one/", preview_views.preview_question, name="preview_question"),
    path("programmes/<slug:slug>/call/apply/by-code/", arrival_views.start_by_code, name="start_by_code"),
    path("programmes/<slug:slug>/call/exceptions/", arrival_views.grant, name="grant"),
    path("challenges/<uuid:challenge_id>/withdraw/", challenge_views.withdraw_challenge, name="withdraw_challenge"),
    path("challenges/<uuid:challenge_id>/applications/", challenge_views.answering, name="answering"),
    # /applications/…
    path("applications/<uuid:application_id>/", draft_views.application, name="application"),
    path("applications/<uuid:application_id>/save/", draft_views.save, name="save"),
    path("applications/<uuid:application_id>/edit/", draft_views.edit, name="edit"),
    path("applications/<uuid:application_id>/copy/", copy_views.copy_from, name="copy_from"),
    path("applications/<uuid:application_id>/copy/<uuid:source_id>/", copy_views.copy, name="copy"),
    path("applications/<uuid:application_id>/drop-edits/", draft_views.drop_edits, name="drop_edits"),
    path("applications/<uuid:application_id>/meanwhile/", draft_views.meanwhile, name="meanwhile"),
    path("applications/<uuid:application_id>/rules/", draft_views.rules_now, name="rules"),
    path("applications/<uuid:application_id>/submit/", views.submit, name="submit"),
    *file_urls.urlpatterns,
    path("applications/<uuid:application_id>/receipt/", views.receipt, name="receipt"),
    path("applications/<uuid:application_id>/versions/<int:number>/", version_views.version, name="version"),
    path("applications/<uuid:application_id>/versions/<int:number>/judge/", arrival_views.judge, name="judge"),
    path("applications/<uuid:application_id>/answer-later/", later_views.answer_later, name="answer_later"),
    path("applications/<uuid:application_id>/complete/", arrival_views.ask_to_complete, name="ask_to_complete"),
    path("applications/<uuid:application_id>/put-off/", arrival_views.put_off, name="put_off"),
    path("applications/<uuid:application_id>/withdraw/", draft_views.withdraw, name="withdraw"),
]
