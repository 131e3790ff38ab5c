from django.urls import path

from rihma.reviews.views import assigning, handling, reading, sheets

app_name = "reviews"
urlpatterns = [
    # /reviews/…
    path("reviews/", reading.mine, name="mine"),
    path("reviews/sheet/", sheets.bring_in, name="bring_in"),
    path("reviews/sheet/<slug:slug>/<slug:form>/", sheets.take_out, name="take_out"),
    path("reviews/<uuid:assignment_id>/", reading.review, name="review"),
    path("reviews/<uuid:assignment_id>/save/", reading.save, name="save"),
    path("reviews/<uuid:assignment_id>/left/", reading.left, name="left"),
    path("reviews/<uuid:assignment_id>/files/<slug:key>/<uuid:file_id>/", reading.file, name="file"),
    path("reviews/<uuid:assignment_id>/reopen/", reading.reopen, name="reopen"),
    path("reviews/<uuid:assignment_id>/conflict/", reading.declare, name="declare"),
    path("reviews/<uuid:assignment_id>/remark/", reading.remark, name="remark"),
    path("reviews/<uuid:assignment_id>/release/", assigning.release, name="release"),
    # /programmes/<slug>/reviewing/…
    path("programmes/<slug:slug>/reviewing/", handling.reviewing, name="reviewing"),
    path("programmes/<slug:slug>/reviewing/set-up/", handling.set_up, name="set_up"),
    path("programmes/<slug:slug>/reviewing/jurors/<uuid:person_id>/", handling.set_juror, name="set_juror"),
    path("programmes/<slug:slug>/reviewing/assign/", assigning.assign_all, name="assign_all"),
    path("programmes/<slug:slug>/reviewing/calibration/", handling.calibration, name="calibration"),
    path("programmes/<slug:slug>/reviewing/move/", handling.move, name="move"),
    # /applications/<id>/reviews/…
    path("applications/<uuid:application_id>/reviews/", handling.application, name="application"),
    path("applications/<uuid:application_id>/reviews/assign/", assigning.assign, name="assign"),
    path("applications/<uuid:application_id>/reviews/lift/", assigning.lift, name="lift"),
    path("applications/<uuid:application_id>/reviews/remark/", handling.remark, name="handle_remark"),
]
