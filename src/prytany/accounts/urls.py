"""Addresses of sign-in, My account, drafts, administration and the first-run page."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.urls import include, path
from django.views.generic import RedirectView

from prytany.accounts.middleware import postless, public
from prytany.accounts.views import administration, drafts, entrance, me, why

to_security = postless(RedirectView.as_view(pattern_name="accounts:security"))

# The sign-in library's own names: it looks its pages up by them. Sign-up, reset by mail and the like have no address.
sign_in = [
    path("", entrance.sign_in, name="account_login"),
    path("out/", account_views.logout, name="account_logout"),
    path("closed/", public(account_views.account_inactive), name="account_inactive"),
    path("confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/", account_views.password_change, name="account_change_password"),
    path("password/none/", entrance.no_password, name="account_set_password"),
    path("second/", public(mfa_views.authenticate), name="mfa_authenticate"),
    path("second/confirm/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("second/all/", to_security, name="mfa_index"),
    path("app/add/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkey/", public(webauthn_views.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/", to_security, name="mfa_list_webauthn"),
    path("passkeys/add/", webauthn_views.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/confirm/", webauthn_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn_views.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", webauthn_views.edit_webauthn, name="mfa_edit_webauthn"),
    path("sessions/", to_security, name="usersessions_list"),
]
account = [
    path("", me.account, name="account"),
    path("people/", me.people, name="people"),
    path("absence/", me.set_absence, name="set_absence"),
    path("absence/<uuid:uid>/withdraw/", me.withdraw_absence, name="withdraw_absence"),
    path("phrases/", me.set_phrases, name="set_phrases"),
    path("shortcuts/", me.set_shortcuts, name="set_shortcuts"),
    path("columns/<slug:name>/", me.columns, name="columns"),
    path("act-from/", me.act_from, name="act_from"),
    path("sign-in/", me.security, name="security"),
    path("sign-in/elsewhere/", me.end_sessions, name="end_sessions"),
    path("devices/<uuid:uid>/forget/", me.forget_device, name="forget_device"),
    path("keys/", me.tokens, name="tokens"),
    path("keys/new/", me.create_token, name="create_token"),
    path("keys/<uuid:uid>/revoke/", me.revoke_token, name="revoke_token"),
    path("slip/", entrance.slip, name="slip"),
    path("why/<slug:kind>/<uuid:uid>/", why.why, name="why"),
]
administration_patterns = [
    path("", administration.home, name="home"),
    path("accounts/", administration.accounts, name="accounts"),
    path("accounts/act/", administration.accounts_act, name="accounts_act"),
    path("slips/", administration.slips, name="slips"),
    path("slips/make/", administration.make_slips, name="make_slips"),
    path("people/<uuid:uid>/", administration.person, name="person"),
    path("people/<uuid:uid>/name/", administration.rename, name="rename"),
    path("people/<uuid:uid>/open/", administration.reopen, name="reopen"),
    path("people/<uuid:uid>/clearance/", administration.grant_clearance, name="grant_clearance"),
    path("people/<uuid:uid>/need/", administration.grant_need, name="grant_need"),
    path("clearances/", administration.clearances, name="clearances"),
    path("clearances/<uuid:uid>/end/", administration.end_clearance, name="end_clearance"),
    path("needs/<uuid:uid>/end/", administration.end_need, name="end_need"),
    path("letterhead/", administration.letterhead, name="letterhead"),
    path("mail/", administration.mail, name="mail"),
    path("health/", administration.health_page, name="health"),
]
urlpatterns = [
    path("setup/", entrance.setup, name="setup"),
    path("sign-in/", include(sign_in)),
    path("account/", include((account, "accounts"))),
    path("drafts/", include(([path("", drafts.save, name="save")], "drafts"))),
    path("administration/", include((administration_patterns, "administration"))),
]
