from django.urls import path

from rihma.talk import views

app_name = "talk"
urlpatterns = [
    # /canvases/<id>/…
    path("comments/", views.talked_about, name="talked_about"),
    path("items/<uuid:item_id>/talk/", views.item, name="item"),
    path("items/<uuid:item_id>/comments/", views.comments, name="comments"),
    path("items/<uuid:item_id>/comment/", views.comment, name="comment"),
    path("items/<uuid:item_id>/comments/<uuid:comment_id>/edit/", views.edit, name="edit"),
    path("items/<uuid:item_id>/comments/<uuid:comment_id>/remove/", views.remove, name="remove"),
    path("items/<uuid:item_id>/comments/<uuid:comment_id>/resolve/", views.resolve, name="resolve"),
    path("items/<uuid:item_id>/comments/<uuid:comment_id>/reopen/", views.reopen, name="reopen"),
    path("items/<uuid:item_id>/reactions/", views.reactions, name="reactions"),
    path("items/<uuid:item_id>/react/", views.react, name="react"),
]
