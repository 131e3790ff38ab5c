from django.urls import path

from rihma.canvases import guest_views, mark_views, past_views, views
from rihma.canvases.bringing_in import views as bringing_in
from rihma.canvases.taking_out import views as taking_out

app_name = "canvases"
urlpatterns = [
    # /canvases/kinds/…
    path("kinds/", views.kinds_page, name="kinds"),
    path("kinds/<slug:kind>/blank.<str:file>", views.blank, name="blank"),
    path("teams/<uuid:team_id>/open/<slug:kind>/", views.open_canvas, name="open"),
    # /canvases/<id>/…
    path("<uuid:canvas_id>/", views.canvas, name="canvas"),
    path("<uuid:canvas_id>/history/", views.history, name="history"),
    path("<uuid:canvas_id>/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("<uuid:canvas_id>/export/", taking_out.take_out, name="take_out"),
    path("<uuid:canvas_id>/history/moment/", past_views.moment, name="moment"),
    path("<uuid:canvas_id>/history/snapshot/", past_views.snapshot, name="snapshot"),
    path("<uuid:canvas_id>/history/bring-back/", past_views.bring_back, name="bring_back"),
    path("<uuid:canvas_id>/export/<str:form>/", taking_out.export, name="export"),
    path("<uuid:canvas_id>/names/", views.hide_names, name="hide_names"),
    path("<uuid:canvas_id>/freeze/", views.freeze, name="freeze"),
    path("<uuid:canvas_id>/reopen/", views.reopen, name="reopen"),
    path("<uuid:canvas_id>/add/", views.add, name="add"),
    path("<uuid:canvas_id>/guests/", guest_views.guests, name="guests"),
    path("<uuid:canvas_id>/guests/<uuid:link_id>/", guest_views.guest_link, name="guest_link"),
    path("<uuid:canvas_id>/guests/<uuid:link_id>/close/", guest_views.close_guest_link, name="close_guest_link"),
    path("<uuid:canvas_id>/guests/<uuid:link_id>/revoke/", guest_views.revoke_guest_link, name="revoke_guest_link"),
    path("<uuid:canvas_id>/undo/", views.undo, name="undo"),
    # /canvases/<id>/items/<id>/…
    path("<uuid:canvas_id>/items/<uuid:item_id>/", views.item, name="item"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/set/", views.set_item, name="set"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/move/", views.move, name="move"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/remove/", views.remove, name="remove"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/restore/", views.restore, name="restore"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/more/", mark_views.more, name="more"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/mark/", mark_views.mark, name="mark"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/link/", mark_views.link, name="link"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/unlink/", mark_views.unlink, name="unlink"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/translate/<str:lang>/", mark_views.translate, name="translate"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/same-as/", mark_views.same_as, name="same_as"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/send/", mark_views.send, name="send"),
    path("<uuid:canvas_id>/items/<uuid:item_id>/settle/", views.settle, name="settle"),
]
