from django.urls import path

from rihma.programmes.views import editing, files, pages, roles, states

app_name = "programmes"
urlpatterns = [
    path("", pages.programmes, name="list"),
    path("create/", editing.create, name="create"),
    path("import/", files.import_file, name="import_file"),
    path("<slug:slug>/", pages.programme, name="programme"),
    path("<slug:slug>/preview/", pages.preview, name="preview"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/edit/<slug:part>/", editing.edit, name="edit"),
    path("<slug:slug>/roles/", roles.appoint, name="roles"),
    path("<slug:slug>/roles/<int:role_id>/end/", roles.end_role, name="end_role"),
    path("<slug:slug>/publish/", states.publish, name="publish"),
    path("<slug:slug>/close/", states.close, name="close"),
    path("<slug:slug>/reopen/", states.reopen, name="reopen"),
    path("<slug:slug>/file/", files.export, name="export"),
    path("<slug:slug>/copy/", files.copy, name="copy"),
]
