from django.urls import path

from rihma.applications import file_views

FILES = "applications/<uuid:application_id>/files/<slug:key>/"
# A part of the area's addresses, under the names that the others have (urls.py).
urlpatterns = [
    path(FILES, file_views.files, name="files"),
    path(f"{FILES}<uuid:file_id>/", file_views.file, name="file"),
    path(f"{FILES}<uuid:file_id>/remove/", file_views.remove_file, name="remove_file"),
]
