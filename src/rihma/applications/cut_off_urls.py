from django.urls import path

from rihma.applications import cut_off_views, stage_views

PATHS = [
    # /programmes/<slug>/call/times/…
    path("programmes/<slug:slug>/call/times/stages/", stage_views.set_stages, name="set_stages"),
    path("programmes/<slug:slug>/call/times/stages/drop/", stage_views.drop_stages, name="drop_stages"),
    path("programmes/<slug:slug>/call/times/add/", cut_off_views.add_cut_off, name="add_cut_off"),
    path("programmes/<slug:slug>/call/times/places/", cut_off_views.count_places, name="count_places"),
    path("programmes/<slug:slug>/call/times/<int:number>/move/", cut_off_views.move_cut_off, name="move_cut_off"),
    path("programmes/<slug:slug>/call/times/<int:number>/remove/", cut_off_views.remove_cut_off, name="remove_cut_off"),
]
