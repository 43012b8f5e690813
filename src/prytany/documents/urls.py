"""Addresses of papers, registers and the tray."""

from django.urls import path

from prytany.documents.views import ledger, papers, registers, tray

app_name = "documents"
urlpatterns = [
    path("", papers.document_list, name="list"),
    path("tray/", tray.tray_home, name="tray"),
    path("tray/receive/", tray.tray_receive, name="tray_receive"),
    path("tray/duplicates/", tray.duplicates, name="duplicates"),
    path("tray/issuers/", tray.issuers, name="issuers"),
    path("tray/receivers/", tray.receivers, name="receivers"),
    path("tray/<uuid:uid>/", tray.tray_item, name="tray_item"),
    path("tray/<uuid:uid>/discard/", tray.tray_discard, name="tray_discard"),
    path("tray/<uuid:uid>/restore/", tray.tray_restore, name="tray_restore"),
    path("registers/", registers.register_list, name="registers"),
    path("registers/print/", registers.register_print, name="register_print"),
    path("registers/xlsx/", registers.register_xlsx, name="register_xlsx"),
    path("registers/enter/", registers.register_new, name="register"),
    path("registers/ledger/", ledger.series_list, name="ledger"),
    path("registers/ledger/reserve/", ledger.number_reserve, name="reserve"),
    path("registers/ledger/numbers/<uuid:uid>/void/", ledger.number_void, name="void_number"),
    path("registers/ledger/<uuid:uid>/", ledger.series_detail, name="series"),
    path("registers/ledger/<uuid:uid>/explain/", ledger.series_explain, name="explain"),
    path("registers/ledger/<uuid:uid>/begin/", ledger.series_begin, name="begin"),
    path("registers/ledger/<uuid:uid>/xlsx/", ledger.series_xlsx, name="series_xlsx"),
    path("registers/ledger/<uuid:uid>/csv/", ledger.series_csv, name="series_csv"),
    path("registers/ledger/<uuid:uid>/print/", ledger.series_print, name="series_print"),
    path("registers/<uuid:uid>/", registers.line_correct, name="line"),
    path("registers/<uuid:uid>/void/", registers.line_void, name="void"),
    path("<uuid:uid>/", papers.document_detail, name="detail"),
    path("<uuid:uid>/correct/", papers.document_correct, name="correct"),
    path("<uuid:uid>/text/", papers.document_text, name="text"),
    path("<uuid:uid>/files/", papers.document_files, name="attach"),
    path("<uuid:uid>/files/<uuid:file_uid>/withdraw/", papers.document_withdraw_file, name="withdraw_file"),
    path("<uuid:uid>/relate/", papers.document_relate, name="relate"),
    path("<uuid:uid>/relate/<uuid:other_uid>/remove/", papers.document_unrelate, name="unrelate"),
]
