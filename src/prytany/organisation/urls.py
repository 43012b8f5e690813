"""Addresses of the organisation."""

from django.urls import path

from prytany.organisation.views import acts, tree, unit_forms, units

app_name = "organisation"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("figures/", tree.figures, name="figures"),
    path("complete/", tree.complete, name="complete"),
    path("export.xlsx", tree.export, name="export"),
    path("branch/<uuid:uid>/", tree.branch, name="branch"),
    path("tree/<uuid:uid>/", tree.part, name="part"),
    path("units/new/", unit_forms.new, name="new"),
    path("units/<uuid:uid>/", units.unit_page, name="unit"),
    path("units/<uuid:uid>/record/", units.record, name="record"),
    path("units/<uuid:uid>/change/", unit_forms.change, name="change"),
    path("units/<uuid:uid>/move/", unit_forms.move, name="move"),
    path("units/<uuid:uid>/relation/", unit_forms.relate, name="relate"),
    path("units/<uuid:uid>/name/", unit_forms.alias, name="alias"),
    path("units/<uuid:uid>/mandate/", unit_forms.mandate, name="mandate"),
    path("units/<uuid:uid>/succession/", unit_forms.succession, name="succession"),
    path("units/<uuid:uid>/set-up/", unit_forms.set_up, name="set_up"),
    path("units/<uuid:uid>/abolish/", unit_forms.abolish, name="abolish"),
    path("units/<uuid:uid>/withdraw/", unit_forms.withdraw, name="withdraw"),
    path("versions/<uuid:uid>/correct/", unit_forms.correct, name="correct"),
    path("versions/<uuid:uid>/withdraw/", unit_forms.withdraw_version, name="withdraw_version"),
    path("relations/<uuid:uid>/end/", unit_forms.end_relation, name="end_relation"),
    path("names/<uuid:uid>/remove/", unit_forms.remove_alias, name="remove_alias"),
    path("mandates/<uuid:uid>/withdraw/", unit_forms.withdraw_mandate, name="withdraw_mandate"),
    path("successions/<uuid:uid>/withdraw/", unit_forms.withdraw_succession, name="withdraw_succession"),
    path("acts/", acts.act_list, name="acts"),
    path("acts/new/", acts.new, name="new_act"),
    path("acts/<uuid:uid>/", acts.act_page, name="act"),
    path("acts/<uuid:uid>/edit/", acts.edit, name="edit_act"),
    path("acts/<uuid:uid>/remove-step/", acts.remove_step, name="remove_step"),
    path("acts/<uuid:uid>/apply/", acts.apply, name="apply_act"),
    path("acts/<uuid:uid>/undo/", acts.undo, name="undo_act"),
    path("acts/<uuid:uid>/copy/", acts.copy, name="copy_act"),
    path("acts/<uuid:uid>/discard/", acts.discard, name="discard_act"),
]
