"""What stands beside papers and their tasks: recurring duties, letters from outside, the tray, talk, loose ends."""

import datetime
from dataclasses import dataclass
from functools import partial

from prytany.core import levels
from prytany.demo import words
from prytany.demo.evidence import letter, minutes
from prytany.demo.units import addressees
from prytany.demo.work import Year
from prytany.documents.models import RegisterEntry
from prytany.documents.services.facts import Facts
from prytany.documents.services.registration import Line, register_document
from prytany.documents.services.tray import receive_files, receive_papers
from prytany.files import services as files
from prytany.work.models import Obligation, ObligationState, Remark, StandingDuty, Task, TaskState
from prytany.work.services import deciding, drafting, exchange, issuing, recurrence, routing


@dataclass(frozen=True)
class Letter:
    """A paper from outside: how many days ago, from whom, about what; routed to `lead`, or waiting for a route."""

    days_ago: int
    issuer: str
    kind: str
    symbol: str
    summary: str
    lead: str = ""
    days: int = 20
    urgency: str = ""
    level: int = levels.OPEN


LETTERS: tuple[Letter, ...] = (
    Letter(88, "Văn phòng Trung ương Đảng", "guidance", "31-HD/VPTW", "Hướng dẫn công tác văn thư", "records", 30),
    Letter(74, "Bộ Nội vụ", "official_letter", "2210/BNV-VTLTNN", "V/v thống kê công tác lưu trữ", "home", 25),
    Letter(66, "Ban Tổ chức Trung ương", "official_letter", "1188-CV/BTCTW", "V/v báo cáo biên chế",
           "organisation", 20),
    Letter(59, "Tỉnh ủy Cao Bằng", "official_letter", "340-CV/TU", "V/v trao đổi kinh nghiệm phòng họp không giấy",
           "office", 25),
    Letter(47, "Bộ Khoa học và Công nghệ", "official_letter", "1905/BKHCN-CĐS", "V/v đánh giá mức độ chuyển đổi số",
           "science", 30),
    Letter(38, "Ủy ban Dân tộc của Quốc hội", "plan", "77/KH-UBDT15", "Kế hoạch làm việc tại địa phương", "ethnic", 20),
    Letter(30, "Kho bạc Nhà nước", "official_letter", "615/KBNN-KT", "V/v đối chiếu số liệu cuối năm",
           "finance_party", 40),
    Letter(24, "Bộ Y tế", "official_letter", "3344/BYT-KH", "V/v báo cáo trạm y tế xã sau sắp xếp", "health", 25),
    Letter(17, "Văn phòng Trung ương Đảng", "official_letter", "905-CV/VPTW", "V/v gửi ý kiến góp ý dự thảo quy định",
           "office", 12),
    Letter(9, "Xã Đồng Đăng", "report", "118-BC/ĐU", "Báo cáo khó khăn về trụ sở làm việc", "construction", 15),
    Letter(5, "Bảo hiểm xã hội Việt Nam", "official_letter", "870/BHXH-TST", "V/v phối hợp mở rộng đối tượng tham gia"),
    Letter(2, "Văn phòng Chính phủ", "official_letter", "10412/VPCP-NN", "V/v ứng phó rét đậm, rét hại",
           urgency="urgent"),
    Letter(1, "Tỉnh ủy Bắc Ninh", "official_letter", "512-CV/TU", "V/v ký chương trình phối hợp công tác văn phòng"),
    Letter(1, "Ban Nội chính Trung ương", "official_letter", "204-CV/BNCTW", "V/v báo cáo số liệu",
           level=levels.INTERNAL),
)  # fmt: skip


@dataclass
class Around:
    """Queues the acts; the year's papers go on beside them."""

    year: Year

    def plan(self) -> None:
        """Queue everything."""
        simulation, today = self.year.simulation, self.year.simulation.now.date()
        for piece in LETTERS:
            day = simulation.working_day(today - datetime.timedelta(days=piece.days_ago))
            moment = min(simulation.hours(day, 7.6, 9), simulation.now)
            simulation.at(moment, partial(self.arrive, piece))
        self._plan_duties(today)
        self._plan_talk(today)
        yesterday = simulation.hours(simulation.working_day(today, -1), 14, 16)
        simulation.at(yesterday, self.loose_ends)
        simulation.at(min(simulation.hours(simulation.working_day(today), 7.4, 7.5), simulation.now), self.fill_tray)

    # Letters from outside

    def arrive(self, piece: Letter, moment: datetime.datetime) -> None:
        """The clerk registers a letter; the chief routes it the next day."""
        scope = self.year.simulation.scope("clerk", moment)
        facts = Facts(
            family="party" if "-" in piece.symbol.partition("/")[0] else "state",
            kind=piece.kind,
            symbol=piece.symbol,
            issuer_name=piece.issuer,
            issued_on=moment.date() - datetime.timedelta(days=3),
            summary=piece.summary,
            urgency=piece.urgency,
            level=piece.level,
            pages=2,
        )
        entry = register_document(
            scope=scope,
            unit=self.year.office.units["office"],
            facts=facts,
            line=Line(direction="in", entered_on=moment.date()),
        )
        if piece.lead:
            day = self.year.simulation.working_day(moment.date(), 1)
            self.year.simulation.at(self.year.simulation.hours(day, 8, 10), partial(self.route, piece, entry.pk))

    def route(self, piece: Letter, entry: int, moment: datetime.datetime) -> None:
        """The chief writes an opinion; the lead gets a task."""
        simulation, office = self.year.simulation, self.year.office
        task = routing.route(
            scope=simulation.scope("chief", moment),
            entry=RegisterEntry.objects.get(pk=entry),
            opinion=f"{piece.summary.removeprefix('V/v ').capitalize()}: {simulation.dice.choice(words.ROUTING)}",
            lead=office.units[piece.lead],
            coordinating=[office.units["general"]] if piece.lead not in {"general", "records"} else [],
            due_on=simulation.working_day(moment.date(), piece.days),
        )
        if task is not None:
            self.year.follow([task], "mixed" if piece.days_ago > 30 else "current", moment)

    def fill_tray(self, moment: datetime.datetime) -> None:
        """What came this morning and is not registered yet: two files, two papers."""
        scope, unit = self.year.simulation.scope("clerk", moment), self.year.office.units["office"]
        day = moment.date()
        first = letter(
            "CV 733.docx",
            (
                "BỘ NỘI VỤ",
                "Số: 7331/BNV-TCBC",
                f"Hà Nội, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
                "V/v báo cáo sơ kết chính quyền địa phương hai cấp",
                "Kính gửi: Tỉnh ủy Lạng Sơn",
                "Đề nghị gửi báo cáo trước ngày 20 của tháng sau.",
            ),
        )
        lines = (
            "TINH UY THAI NGUYEN",
            "So 288-CV/TU",
            "V/v trao doi kinh nghiem so hoa ho so",
            "Kinh gui: Tinh uy Lang Son",
        )
        second = minutes("288-CV-TU.pdf", lines)
        receive_files(scope=scope, unit=unit, files=[files.store(scope, first), files.store(scope, second)])
        receive_papers(scope=scope, unit=unit, count=2)

    # Duties

    def _plan_duties(self, today: datetime.date) -> None:
        simulation = self.year.simulation
        for first, preset, content, word, product in (
            (_month_end(today, -6), "monthly", "Báo cáo công tác tháng", "departments", "Báo cáo tháng"),
            (_quarter_end(today, -2), "quarterly", "Báo cáo công tác văn phòng quý", "communes", "Báo cáo quý"),
        ):
            start = simulation.working_day(first - datetime.timedelta(days=24))
            simulation.at(
                simulation.hours(start, 8, 9), partial(self.begin_duty, first, preset, content, word, product)
            )

    def begin_duty(
        self, first: datetime.date, preset: str, content: str, word: str, product: str, moment: datetime.datetime
    ) -> None:
        """The chief sets a duty up; every Monday what has become due is assigned."""
        office = self.year.office
        duty = recurrence.create_duty(
            scope=self.year.simulation.scope("chief", moment),
            unit=office.units["office"],
            row=drafting.Row(
                content=content,
                lead=office.units["general"],
                addressees=addressees(office, word),
                product=product,
                language="vi",
            ),
            preset=preset,
            first_due=first,
            lead_days=12,
        )
        monday = moment.date()
        while monday <= self.year.simulation.now.date():
            self.year.simulation.at(self.year.simulation.hours(monday, 10, 10.5), partial(self.bring, duty.pk))
            monday += datetime.timedelta(days=7)

    def bring(self, duty: int, moment: datetime.datetime) -> None:
        """Assign the instances whose time has come."""
        found = StandingDuty.objects.get(pk=duty)
        made = recurrence.bring_instances(scope=self.year.simulation.scope("chief", moment), duty=found)
        self.year.follow(made, "mixed", moment)

    # Talk and loose ends

    def _plan_talk(self, today: datetime.date) -> None:
        simulation = self.year.simulation
        for days, (account, audience, text) in zip((20, 12, 3), words.REMARKS, strict=True):
            day = simulation.working_day(today - datetime.timedelta(days=days))
            simulation.at(simulation.hours(day), partial(self.say, account, audience, text))

    def say(self, account: str, audience: str, text: str, moment: datetime.datetime) -> None:
        """A remark on the newest task that a person takes part in."""
        scope = self.year.simulation.scope(account, moment)
        tasks = Task.objects.visible_to(scope).filter(state=TaskState.ISSUED).order_by("-issued_at", "-pk")
        task = tasks.filter(obligations__holder=scope.unit_id).first() or tasks.first()
        if task is None:
            return
        mentions = [self.year.office.person("specialist2")] if account == "specialist" else []
        audience = Remark.Audience.UNIT if audience == "unit" else Remark.Audience.TASK
        exchange.add_remark(scope=scope, task=task, text=text, audience=audience, mentions=mentions)

    def loose_ends(self, moment: datetime.datetime) -> None:
        """One draft, one proposal recalled, one task cancelled, one part given to another unit, stars."""
        simulation, office = self.year.simulation, self.year.office
        chief, specialist = simulation.scope("chief", moment), simulation.scope("specialist", moment)
        unit = office.units["office"]
        due = simulation.working_day(moment.date(), 15)
        drafting.draft_task(
            scope=specialist,
            unit=unit,
            row=drafting.Row(content="Chuẩn bị tài liệu giao ban đầu năm", lead=office.units["general"], due_on=due),
        )
        cancelled = self._issued("Tổ chức đoàn khảo sát chợ biên giới", "industry", due, chief)
        issuing.cancel_task(scope=chief, task=cancelled, reason="Hoãn sang năm sau theo ý kiến Thường trực Tỉnh ủy.")
        given = self._issued("Rà soát biển chỉ dẫn tại các điểm du lịch", "construction", due, chief)
        part = given.obligations.get(role="lead")
        deciding.reassign(
            scope=chief, parts=[part], to=office.units["culture"], reason="Thuộc chức năng ngành văn hóa."
        )
        recalled = self._issued("Gửi số liệu kho lưu trữ", "records", due, chief)
        issuing.recall_parts(scope=chief, parts=recalled.obligations.all(), reason="Giao trùng với nhiệm vụ đã có.")
        blocked = Obligation.objects.filter(is_blocked=True, state=ObligationState.IN_PROGRESS).select_related("task")
        for row in blocked.order_by("pk")[:2]:
            exchange.set_star(scope=chief, kind="task", target_uid=row.task.uid, on=True)
            exchange.set_follow(scope=chief, task=row.task, on=True)

    def _issued(self, content: str, lead: str, due: datetime.date, scope: object) -> Task:
        row = drafting.Row(content=content, lead=self.year.office.units[lead], due_on=due, product="Báo cáo")
        task = drafting.draft_task(scope=scope, unit=self.year.office.units["office"], row=row)  # type: ignore[arg-type]
        return issuing.issue_task(scope=scope, task=task)  # type: ignore[arg-type]


def _month_end(today: datetime.date, months: int) -> datetime.date:
    """Return the last day of the month `months` after that of `today`."""
    index = today.year * 12 + today.month + months
    return datetime.date(index // 12, index % 12 + 1, 1) - datetime.timedelta(days=1)


def _quarter_end(today: datetime.date, quarters: int) -> datetime.date:
    """Return the last day of the quarter `quarters` after that of `today`."""
    return _month_end(today, (2 - (today.month - 1) % 3) + quarters * 3)
