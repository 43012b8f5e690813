"""A small province that most tests play in: a committee, its office, two departments, three communes, a stranger."""

from dataclasses import dataclass, field

from prytany.accounts.models import User
from prytany.accounts.scopes import scope_of
from prytany.core.scope import Scope
from prytany.organisation import closure
from prytany.organisation.models import Appointment, Unit
from prytany.organisation.tests.factories import AppointmentFactory, make_unit

PASSWORD = "a-long-test-password"


@dataclass
class World:
    """Units by short name, and one appointment (with account) per post, by the names used in `make_world`."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Appointment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Unit:
        try:
            return self.units[name]
        except KeyError:
            raise AttributeError(name) from None

    def scope(self, name: str, **kwargs) -> Scope:
        """Return the scope of the holder of post `name`."""
        return scope_of(Appointment.objects.get(pk=self.posts[name].pk), **kwargs)

    def person(self, name: str):
        """Return the holder of post `name`."""
        return self.posts[name].person

    def user(self, name: str) -> User:
        """Return the account of the holder of post `name`."""
        return self.posts[name].person.user


UNITS = {
    "root": ("Tỉnh ủy thử", None, None, "committee", "province", "TU"),
    "office": ("Văn phòng Tỉnh ủy thử", "root", "root", "office", "province", "VPTU"),
    "section": ("Phòng Tổng hợp", "office", None, "section", "province", ""),
    "home": ("Sở Nội vụ", "root", None, "department", "province", "SNV"),
    "works": ("Sở Xây dựng", "root", None, "department", "province", "SXD"),
    "mau_son": ("Xã Mẫu Sơn", "root", None, "commune", "commune", ""),
    "khanh_khe": ("Xã Khánh Khê", "root", None, "commune", "commune", ""),
    "ky_lua": ("Phường Kỳ Lừa", "root", None, "ward", "commune", ""),
    "elsewhere": ("Tỉnh ủy khác", None, None, "committee", "province", ""),
}
POSTS = {
    "leader": ("root", "leader", "Phó Bí thư"),
    "chief": ("office", "chief", "Chánh Văn phòng"),
    "deputy": ("office", "deputy_chief", "Phó Chánh Văn phòng"),
    "clerk": ("office", "registry_clerk", "Văn thư"),
    "specialist": ("section", "specialist", "Chuyên viên Phòng Tổng hợp"),
    "archivist": ("office", "archivist", "Lưu trữ viên"),
    "home_head": ("home", "unit_head", "Giám đốc Sở Nội vụ"),
    "works_head": ("works", "unit_head", "Giám đốc Sở Xây dựng"),
    "mau_son_focal": ("mau_son", "focal_point", "Công chức văn phòng"),
    "mau_son_head": ("mau_son", "unit_head", "Chủ tịch xã"),
    "khanh_khe_focal": ("khanh_khe", "focal_point", "Công chức văn phòng"),
    "ky_lua_focal": ("ky_lua", "focal_point", "Công chức văn phòng"),
    "council": ("root", "council_member", "Ủy viên hội đồng"),
    "inspector": ("root", "inspector", "Ủy viên kiểm tra"),
    "auditor": ("root", "auditor", "Kiểm toán nội bộ"),
    "admin": ("root", "administrator", "Quản trị"),
    "stranger": ("elsewhere", "chief", "Chánh Văn phòng khác"),
}


def make_world() -> World:
    """Create the small province and return it."""
    world = World()
    for key, (name, under, serves, kind, level, symbol) in UNITS.items():
        world.units[key] = make_unit(
            name, under=world.units.get(under), serves=world.units.get(serves), kind=kind, level=level, symbol=symbol
        )
    closure.rebuild()
    for key, (unit, role, title) in POSTS.items():
        appointment = AppointmentFactory(
            post__unit=world.units[unit], post__role=role, post__title=title, person__name=f"{title} (thử)"
        )
        user = User(username=key, person=appointment.person)
        user.set_password(PASSWORD)
        user.save()
        world.posts[key] = appointment
    return world
