from django.urls import path

from rihma.moderation import views

app_name = "moderation"
urlpatterns = [
    path("canvases/<uuid:canvas_id>/items/<uuid:item_id>/flag/", views.flag, name="flag"),
    path("canvases/<uuid:canvas_id>/items/<uuid:item_id>/erase/", views.erase_item, name="erase_item"),
    path("canvases/<uuid:canvas_id>/comments/<uuid:comment_id>/flag/", views.flag_comment, name="flag_comment"),
    path("canvases/<uuid:canvas_id>/files/<uuid:file_id>/flag/", views.flag_file, name="flag_file"),
    path("programmes/<slug:slug>/flags/", views.queue, name="queue"),
    path("programmes/<slug:slug>/erase-writer/", views.erase_writer, name="erase_writer"),
    path("flags/<uuid:flag_id>/file/<str:size>", views.file, name="file"),
    path("flags/<uuid:flag_id>/show/", views.show, name="show"),
    path("flags/<uuid:flag_id>/erase/", views.erase, name="erase"),
]
