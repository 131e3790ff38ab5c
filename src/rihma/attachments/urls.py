from django.urls import path

from rihma.attachments import views

app_name = "attachments"
urlpatterns = [
    # /canvases/<id>/files/…
    path("<uuid:canvas_id>/files/", views.files, name="files"),
    path("<uuid:canvas_id>/files/attach/", views.attach, name="attach"),
    path("<uuid:canvas_id>/files/<uuid:file_id>/", views.file, name="file"),
    path("<uuid:canvas_id>/files/<uuid:file_id>/describe/", views.describe, name="describe"),
    path("<uuid:canvas_id>/files/<uuid:file_id>/remove/", views.remove, name="remove"),
    path("<uuid:canvas_id>/files/<uuid:file_id>/<str:size>", views.send, name="send"),
]
