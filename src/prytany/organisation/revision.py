"""One lock and one mark per organisation: changes of a root's units happen one after the other, each marked."""

from prytany.organisation.models import Unit, draw_revision


def lock_root(root_id: int) -> Unit:
    """Lock the root for the rest of the transaction and mark that its organisation changes; return the root.

    Every service that writes units, relations or names calls this first: rules such as "no cycle" look at many rows,
    so two writers may not decide side by side.
    """
    root = Unit.objects.select_for_update().get(pk=root_id)
    root.revision = draw_revision()
    root.save(update_fields=["revision"])
    return root


def lock_root_of(unit: Unit) -> Unit:
    """Lock the root that a unit belongs to; return the root."""
    return lock_root(unit.root_id or unit.pk)


def revision_of(root_id: int) -> int:
    """Return the mark of the present state: what was computed from the organisation holds while it stays the same."""
    return Unit.objects.values_list("revision", flat=True).get(pk=root_id)
