"""What the sign-in page shows to visitors."""

from dataclasses import dataclass

from prytany.core import clock
from prytany.organisation.models import Appointment
from prytany.organisation.names import unit_labels
from prytany.organisation.roles import Administrator

MOST = 5


@dataclass(frozen=True, slots=True)
class Contact:
    """A post that makes new sign-in slips; posts and units are public, names of people are not shown."""

    post: str
    unit: str
    contact: str


def reset_contacts() -> list[Contact]:
    """Return the administrators' posts that are filled today, those of whole offices first."""
    filled = Appointment.objects.on(clock.today()).filter(post__role=Administrator.code)
    posts = {one.post_id: one.post for one in filled.select_related("post__unit").order_by("post__unit_id", "pk")}
    ordered = sorted(posts.values(), key=lambda post: (post.unit.root_id != post.unit_id, post.pk))[:MOST]
    labels = unit_labels([post.unit_id for post in ordered])
    return [
        Contact(post.title, labels[post.unit_id].name if post.unit_id in labels else "", post.unit.contact)
        for post in ordered
    ]
