from django.urls import path

from rihma.tailoring.views import pages, parts

app_name = "tailoring"
urlpatterns = [
    # /programmes/…
    path("<slug:slug>/kinds/", pages.own_kinds, name="list"),
    path("<slug:slug>/kinds/copy/<slug:kind>/", pages.copy, name="copy"),
    path("<slug:slug>/kinds/import/", pages.import_file, name="import_file"),
    # /programmes/<slug>/kinds/<key>/…
    path("<slug:slug>/kinds/<slug:key>/edit/", parts.edit, name="edit"),
    path("<slug:slug>/kinds/<slug:key>/words/<slug:part>/", parts.words, name="words"),
    path("<slug:slug>/kinds/<slug:key>/options/<slug:item>/<slug:field>/", parts.options, name="options"),
    path("<slug:slug>/kinds/<slug:key>/zones/", parts.zones, name="zones"),
    path("<slug:slug>/kinds/<slug:key>/zones/add/", parts.add_zone, name="add_zone"),
    path("<slug:slug>/kinds/<slug:key>/zones/<slug:zone>/edit/", parts.edit_zone, name="edit_zone"),
    path("<slug:slug>/kinds/<slug:key>/zones/<slug:zone>/move/", parts.move_zone, name="move_zone"),
    path("<slug:slug>/kinds/<slug:key>/zones/<slug:zone>/remove/", parts.remove_zone, name="remove_zone"),
    path("<slug:slug>/kinds/<slug:key>/preview/", pages.preview, name="preview"),
    path("<slug:slug>/kinds/<slug:key>/publish/", pages.publish, name="publish"),
    path("<slug:slug>/kinds/<slug:key>/retire/", pages.retire, name="retire"),
    path("<slug:slug>/kinds/<slug:key>/take-up/", pages.take_up, name="take_up"),
    path("<slug:slug>/kinds/<slug:key>/discard/", pages.discard, name="discard"),
    path("<slug:slug>/kinds/<slug:key>/file/", pages.export, name="export"),
]
