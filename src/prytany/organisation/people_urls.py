"""Addresses of people and posts."""

from django.urls import path

from prytany.organisation.views import people, people_forms

app_name = "people"
urlpatterns = [
    path("", people.people_list, name="list"),
    path("complete/", people.complete, name="complete"),
    path("posts/", people.post_list, name="posts"),
    path("posts/new/", people_forms.new_post, name="new_post"),
    path("posts/<uuid:uid>/", people.post_page, name="post"),
    path("posts/<uuid:uid>/edit/", people_forms.edit_post, name="edit_post"),
    path("posts/<uuid:uid>/close/", people_forms.end_post, name="end_post"),
    path("posts/<uuid:uid>/remove/", people_forms.remove_post, name="remove_post"),
    path("posts/<uuid:uid>/appoint/", people_forms.appoint, name="appoint"),
    path("posts/<uuid:uid>/new-person/", people_forms.new_person, name="new_person"),
    path("appointments/<uuid:uid>/end/", people_forms.end_appointment, name="end_appointment"),
    path("appointments/<uuid:uid>/correct/", people_forms.correct_appointment, name="correct_appointment"),
    path("appointments/<uuid:uid>/withdraw/", people_forms.withdraw_appointment, name="withdraw_appointment"),
    path("appointments/<uuid:uid>/absence/", people_forms.absence, name="absence"),
    path("absences/<uuid:uid>/end/", people_forms.withdraw_absence, name="withdraw_absence"),
    path("<uuid:uid>/", people.person_page, name="person"),
    path("<uuid:uid>/edit/", people_forms.edit_person, name="edit_person"),
]
