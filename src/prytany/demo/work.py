"""Papers become tasks, tasks go to units, units answer: what the demo's year consists of."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from prytany.demo import words
from prytany.demo.evidence import evidence
from prytany.demo.organisation import Office
from prytany.demo.papers import Paper, load_papers
from prytany.demo.papers import Task as Asked
from prytany.demo.simulation import MOODS, Mood, Simulation
from prytany.demo.units import account_of, addressees, reliability
from prytany.documents.models import Clause, Document
from prytany.documents.numbering import write_symbol
from prytany.documents.services.clauses import cite
from prytany.documents.services.facts import Facts
from prytany.documents.services.ledger import begin_series
from prytany.documents.services.registration import Line, register_document, take_in
from prytany.documents.services.texts import add_text
from prytany.files import services as files
from prytany.work.models import Answer, Extension, Obligation, ObligationState, Obstacle, Precision, Task
from prytany.work.models.states import OPEN_STATES
from prytany.work.services import answering, checking, deciding, drafting, issuing
from prytany.work.transitions import WORKING

ABBREVIATIONS = {
    "conclusion_notice": "TB",
    "conclusion": "KL",
    "plan": "KH",
    "directive": "CT",
    "report": "BC",
    "official_letter": "CV",
}
FIRST_NUMBERS = {"TB": 61, "KL": 12, "KH": 24, "CT": 5, "BC": 110, "CV": 402}
PAPER_BOOK = "Sổ đăng ký văn bản đi trên giấy, nhiệm kỳ 2025-2030"
# What the second leader is in charge of.
SECOND_LEADER = {"finance", "construction", "science", "industry", "agriculture"}
PERIODS = {"month": Precision.MONTH, "quarter": Precision.QUARTER, "year": Precision.YEAR}
# Parts whose course is set by hand: (paper, number of the task, sign-in name) -> mood.
BY_HAND = {
    ("13-schools", 1, "mau.son"): "silent",
    ("14-records-en", 0, "mau.son"): "sent_back",
    ("15-tet", 1, "mau.son"): "seen",
    ("16-month", 0, "mau.son"): "unseen",
    ("12-emulation-ur", 0, "mau.son"): "stuck",
    ("14-records-en", 0, "ky.lua"): "with_head",
    ("13-schools", 1, "dong.kinh"): "with_head",
}


@dataclass
class Year:
    """The acts around papers, tasks and parts; everything random comes from the simulation's dice."""

    simulation: Simulation
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # (issuer, kind's letters) -> next number
    answered: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # task -> parts to check
    files_made: int = 0

    @property
    def office(self) -> Office:
        """Who exists."""
        return self.simulation.office

    def plan(self) -> None:
        """Queue the registration of every paper; all else follows from it."""
        for paper in load_papers():
            today = self.simulation.now.date()
            day = self.simulation.working_day(today - datetime.timedelta(days=round(paper.weeks_ago * 7)))
            moment = (
                self.simulation.hours(day, 7.5, 8.2) if paper.weeks_ago < 1 else self.simulation.hours(day, 7.5, 10)
            )
            self.simulation.at(min(moment, self.simulation.now), partial(self.enter, paper))

    # Papers

    def enter(self, paper: Paper, moment: datetime.datetime) -> None:
        """Register a paper with its text; a paper that is still unread is only taken in."""
        facts = self._facts(paper, moment)
        if paper.stage == "unread":
            scope = self.simulation.scope("specialist", moment)
            document = take_in(scope=scope, unit=self.office.units["office"], facts=facts)
            add_text(scope=scope, document=document, text=paper.text, language=paper.language)
            return
        scope = self.simulation.scope("clerk", moment)
        entry = register_document(
            scope=scope,
            unit=self.office.units["office"],
            facts=facts,
            line=Line(direction="out", entered_on=moment.date(), number=int(facts.symbol.partition("-")[0])),
        )
        if entry.series.last == entry.number and entry.series.numbers.count() == 1:
            begin_series(scope=scope, series=entry.series, number=entry.number, basis=PAPER_BOOK)
        add_text(scope=scope, document=entry.document, text=paper.text, language=paper.language)
        if paper.tasks:
            drafted = moment + datetime.timedelta(minutes=70)
            self.simulation.at(min(drafted, self.simulation.now), partial(self.draft, paper, entry.document))

    def _facts(self, paper: Paper, moment: datetime.datetime) -> Facts:
        word = ABBREVIATIONS[paper.kind]
        symbol = ""
        if paper.stage != "unread":
            number = self.numbers.get((paper.issuer, word), FIRST_NUMBERS[word])
            symbol = write_symbol("party", number, word, paper.body)
            self.numbers[paper.issuer, word] = number + 1
        leaders = paper.issuer in ("root", "standing")
        return Facts(
            family="party",
            kind=paper.kind,
            symbol=symbol,
            issuer=self.office.units[paper.issuer],
            issued_on=moment.date(),
            summary=paper.summary,
            language=paper.language,
            signer_title="Phó Bí thư Thường trực" if leaders else "Chánh Văn phòng",
            urgency=paper.urgency,
            pages=1 + len(paper.text) // 1800,
        )

    # Tasks

    def draft(self, paper: Paper, document: Document, moment: datetime.datetime) -> None:
        """Draw the tasks of a paper on one sheet and put it before the chief."""
        scope = self.simulation.scope("specialist", moment)
        sheet = drafting.create_sheet(
            scope=scope,
            unit=self.office.units["office"],
            title=paper.summary,
            document=document,
            stated_total=paper.stated_total,
        )
        for asked in paper.tasks:
            drafting.draft_task(
                scope=scope,
                unit=self.office.units["office"],
                sheet=sheet,
                row=self._row(paper, asked, document, moment),
            )
        issuing.submit_sheet(scope=scope, sheet=sheet, approver=self.office.post("chief"))
        later = moment + datetime.timedelta(minutes=95)
        if paper.stage == "issued":
            self.simulation.at(min(later, self.simulation.now), partial(self.issue, paper, sheet.pk))
        elif paper.stage == "returned":
            self.simulation.at(later, partial(self.send_sheet_back, paper, sheet.pk))

    def _row(self, paper: Paper, asked: Asked, document: Document, moment: datetime.datetime) -> drafting.Row:
        due_on, precision = self._due(asked.due, moment.date())
        units = self.office.units
        return drafting.Row(
            content=asked.content,
            lead=units[asked.lead],
            coordinating=[units[key] for key in asked.coordinating],
            addressees=addressees(self.office, asked.addressees),
            information=[units[key] for key in asked.information],
            due_on=due_on,
            due_precision=precision,
            is_standing=due_on is None,
            product=asked.product,
            is_key=asked.is_key,
            language=paper.language,
            source_clause=self._passage(document, asked.anchor, moment),
            leader_post=self.office.post(
                "leader2" if asked.lead in {"finance", "construction", "science"} else "leader"
            ),
            follower=self.office.person("specialist" if len(asked.content) % 2 else "specialist2"),
        )

    def _due(self, due: str, day: datetime.date) -> tuple[datetime.date | None, str]:
        if due == "none":
            return None, Precision.STANDING
        if due in PERIODS:
            # Late in a period the next one is meant.
            return day + datetime.timedelta(days=20), PERIODS[due]
        return self.simulation.working_day(day, int(due)), Precision.DAY

    def _passage(self, document: Document, anchor: str, moment: datetime.datetime) -> Clause:
        text = document.texts.get(is_current=True)
        start, end = next((s, e) for s, e, _kind in text.segments if anchor in text.text[s:e])
        return cite(scope=self.simulation.scope("specialist", moment), document=document, start=start, end=end)

    def send_sheet_back(self, paper: Paper, sheet: int, moment: datetime.datetime) -> None:
        """The chief wants something changed."""
        found = drafting.AssignmentSheet.objects.get(pk=sheet)
        issuing.return_sheet(scope=self.simulation.scope("chief", moment), sheet=found, reason=paper.reason)

    def issue(self, paper: Paper, sheet: int, moment: datetime.datetime) -> None:
        """Issue a sheet and plan what each unit does with its parts."""
        found = drafting.AssignmentSheet.objects.get(pk=sheet)
        issuing.issue_sheet(scope=self.simulation.scope("chief", moment), sheet=found)
        tasks = list(found.tasks.order_by("position"))
        for number, (task, asked) in enumerate(zip(tasks, paper.tasks, strict=True)):
            for part in task.obligations.select_related("owner").order_by("pk"):
                account = account_of(self.office, part.owner)
                mood = BY_HAND.get((paper.name, number, account), asked.mood)
                self.plan_part(task, part, mood, asked.evidence, moment)
            self.plan_reminder(task)

    # Parts

    def plan_part(self, task: Task, part: Obligation, mood: str, with_files: bool, issued: datetime.datetime) -> None:
        """Queue what a unit does with its part."""
        course = Course(self, task, part, account_of(self.office, part.owner), with_files, issued)
        if mood in MOODS:
            course.plan(MOODS[mood], by_lead=mood if part.role == "lead" else "")
        else:
            course.by_hand(mood)

    def plan_reminder(self, task: Task) -> None:
        """Queue a reminder of what is open three working days after the due date."""
        if task.due_on is not None:
            day = self.simulation.working_day(task.due_on, 3)
            self.simulation.at(self.simulation.hours(day, 8, 9), partial(self.remind, task.pk))

    def remind(self, task: int, moment: datetime.datetime) -> None:
        """Remind the units whose parts are open and due."""
        rows = Obligation.objects.filter(task=task, state__in=OPEN_STATES, due_on__lt=moment.date())
        rows = rows.exclude(state=ObligationState.SUBMITTED)
        if rows:
            deciding.remind(scope=self.simulation.scope("specialist", moment), parts=rows, text=words.REMINDER)

    def to_check(self, part: Obligation, moment: datetime.datetime) -> None:
        """Note an answer; a checker looks at all answers of the task one to four working days later."""
        waiting = self.answered[part.task_id]
        fresh = moment > self.simulation.now - datetime.timedelta(days=6)
        if not waiting and not (fresh and self.simulation.likely(0.7)):
            days = self.simulation.dice.choice((1, 1, 2, 2, 3, 4))
            day = self.simulation.working_day(moment.date(), days)
            self.simulation.at(self.simulation.hours(day, 8, 11), partial(self.check, part.task_id))
        waiting.append(part.pk)

    def check(self, task: int, moment: datetime.datetime) -> None:
        """Confirm the answers of a task that wait, send a few back."""
        waiting = self.answered.pop(task, [])
        rows = list(
            Obligation.objects.filter(pk__in=waiting, state=ObligationState.SUBMITTED).select_related("owner", "task")
        )
        back = [row for row in rows if self.simulation.likely(0.04)]
        good = [row for row in rows if row not in back]
        scope = self.simulation.scope("specialist", moment)
        if good:
            checking.verify(scope=scope, parts=good)
        if back:
            reason = self.simulation.dice.choice(words.pick(words.SENT_BACK, back[0].task.language))
            checking.send_back(scope=scope, parts=back, reason=reason)
        for row in back:
            day = self.simulation.working_day(moment.date(), self.simulation.dice.randrange(2, 6))
            course = Course(self, row.task, row, account_of(self.office, row.owner), False, moment)
            self.simulation.at(self.simulation.hours(day), course.answer)

    def follow(self, tasks: Iterable[Task], mood: str, issued: datetime.datetime) -> None:
        """Plan what the units do with the parts of tasks that came otherwise than from a paper."""
        for task in tasks:
            for part in task.obligations.select_related("owner").order_by("pk"):
                self.plan_part(task, part, mood, False, issued)
            self.plan_reminder(task)

    def evidence(self, account: str, moment: datetime.datetime, chance: float) -> list[files.StoredFile]:
        """Return one file of a person's, now and then."""
        if not self.simulation.likely(chance):
            return []
        self.files_made += 1
        scope = self.simulation.scope(account, moment)
        return [files.store(scope, evidence(self.files_made % 36))]


@dataclass
class Course:
    """What one unit does with one part."""

    year: Year
    task: Task
    part: Obligation
    account: str
    with_files: bool
    issued: datetime.datetime
    # For a visitor to find: the unit head has not looked yet; the answer is sent back, not confirmed.
    waits_for_head: bool = False
    goes_back: bool = False

    @property
    def simulation(self) -> Simulation:
        """Time and dice."""
        return self.year.simulation

    def _row(self) -> Obligation:
        return Obligation.objects.get(pk=self.part.pk)

    def _say(self, pool: words.Pool) -> str:
        dice = self.simulation.dice
        total = dice.randrange(20, 900)
        text = dice.choice(words.pick(pool, self.task.language))
        return text.format(a=total - dice.randrange(0, 4), b=total, c=dice.randrange(3, 14))

    def plan(self, mood: Mood, *, by_lead: str = "") -> None:
        """Queue opening, reports, obstacles, requests and the answer, as the mood and the unit's ways have it."""
        simulation, issued = self.simulation, self.issued.date()
        dice = simulation.dice
        opened = simulation.working_day(issued, dice.choice((0, 0, 1, 1, 2, 3)))
        opening = max(simulation.hours(opened), self.issued + datetime.timedelta(minutes=dice.randrange(12, 240)))
        due = self.part.due_on or self.task.due_on
        end = due or issued + datetime.timedelta(days=300)
        span = max(2, (end - issued).days)
        reliable = reliability(self.year.office, self.part.owner)
        silent = simulation.likely(mood.silent)
        if silent and simulation.likely(0.35) and by_lead not in {"blocked", "extension", "standing", "handed_back"}:
            return
        answers = not silent and due is not None
        # An answer opens what it answers; an opening of its own is worth an act only where something stays open.
        if not answers or self.part.role == "lead" or simulation.likely(0.15):
            simulation.at(opening, self.open)
        if by_lead == "handed_back":
            simulation.at(simulation.hours(simulation.working_day(issued, 2), 9, 11), self.hand_back)
            return
        if simulation.likely(mood.talks):
            for share in (0.35, 0.7) if mood.talks > 0.7 else (0.5,):
                day = simulation.working_day(issued + datetime.timedelta(days=round(span * share)))
                simulation.at(simulation.hours(day), self.progress)
        if simulation.likely(mood.stuck):
            day = simulation.working_day(issued + datetime.timedelta(days=max(2, round(span * 0.45))))
            simulation.at(simulation.hours(day), partial(self.obstacle, stays=by_lead == "blocked"))
        if due and self.part.role == "lead" and simulation.likely(mood.asks):
            day = simulation.working_day(due, -4)
            simulation.at(simulation.hours(max(day, opened)), partial(self.ask, waits=by_lead == "extension"))
        if answers and due is not None:
            self._plan_answer(mood, due, opening, simulation.likely(mood.on_time + reliable))

    def _plan_answer(self, mood: Mood, due: datetime.date, opening: datetime.datetime, in_time: bool) -> None:
        dice = self.simulation.dice
        if in_time:
            early = min(mood.early, max(0, (due - self.issued.date()).days // 2))
            day = self.simulation.working_day(due, -dice.randrange(0, early + 1))
        else:
            day = self.simulation.working_day(due, dice.randint(*mood.late))
        moment = max(self.simulation.hours(day), opening + datetime.timedelta(minutes=30))
        self.simulation.at(moment, self.answer)

    def by_hand(self, mood: str) -> None:
        """Queue one of the courses that a visitor is to find."""
        issued = self.issued.date()
        first = self.simulation.hours(self.simulation.working_day(issued, 1))
        if mood != "unseen":
            self.simulation.at(first, self.open)
        late = self.simulation.hours(self.simulation.working_day(self.simulation.now.date(), -2), 8, 10)
        if mood == "sent_back":
            self.goes_back = True
            self.simulation.at(late, self.answer)
            self.simulation.at(late + datetime.timedelta(hours=5), self.sent_back)
        elif mood == "stuck":
            self.simulation.at(late, partial(self.obstacle, stays=True))
        elif mood == "with_head":
            self.waits_for_head = True
            self.simulation.at(late, self.answer)

    # The acts

    def open(self, moment: datetime.datetime) -> None:
        """The unit opens what arrived; a department's head names who deals with it."""
        scope = self.simulation.scope(self.account, moment)
        row = answering.open_part(scope=scope, obligation=self.part)
        helper = f"{self.account}2"
        if helper in self.year.office.held and row.role == "lead" and row.state == ObligationState.RECEIVED:
            answering.name_handler(scope=scope, obligation=row, handler=self.year.office.person(helper))

    def progress(self, moment: datetime.datetime) -> None:
        """A line on how the work stands."""
        if self._row().state in WORKING:
            scope = self.simulation.scope(self.account, moment)
            answering.report_progress(scope=scope, obligation=self.part, text=self._say(words.PROGRESS))

    def answer(self, moment: datetime.datetime) -> None:
        """The answer; one in twenty has nothing to report."""
        row = self._row()
        if row.state not in WORKING:
            return
        chance = 0.4 if self.with_files else 0.05
        helper = f"{self.account}2"
        account = helper if row.handler_id and helper in self.year.office.held else self.account
        nothing = row.role == "addressee" and not self.with_files and self.simulation.likely(0.06)
        stored = [] if nothing else self.year.evidence(account, moment, chance)
        row = answering.submit_answer(
            scope=self.simulation.scope(account, moment),
            obligation=row,
            answer=Answer.NOTHING if nothing else Answer.DONE,
            text="" if nothing else self._say(words.ANSWERS),
            files=stored,
        )
        if row.state == ObligationState.WITH_HEAD:
            head = f"{self.account}.head" if f"{self.account}.head" in self.year.office.held else self.account
            approved = moment + datetime.timedelta(hours=20)
            self.simulation.at(approved, partial(self.approve, head))
        elif not self.goes_back:
            self.year.to_check(row, moment)

    def approve(self, head: str, moment: datetime.datetime) -> None:
        """The unit head lets the answer go."""
        row = self._row()
        if row.state == ObligationState.WITH_HEAD and not self.waits_for_head:
            row = answering.approve_answer(scope=self.simulation.scope(head, moment), obligation=row)
            self.year.to_check(row, moment)

    def sent_back(self, moment: datetime.datetime) -> None:
        """The checker wants more."""
        row = self._row()
        if row.state == ObligationState.SUBMITTED:
            reason = words.pick(words.SENT_BACK, self.task.language)[0]
            checking.send_back(scope=self.simulation.scope("specialist", moment), parts=[row], reason=reason)

    def hand_back(self, moment: datetime.datetime) -> None:
        """The lead says that the work belongs elsewhere."""
        row = self._row()
        if row.state in (ObligationState.ISSUED, ObligationState.RECEIVED):
            answering.hand_back(
                scope=self.simulation.scope(self.account, moment), obligation=row, reason=words.HANDED_BACK
            )

    def obstacle(self, moment: datetime.datetime, *, stays: bool) -> None:
        """Something stands in the way; the chief answers some days later, unless it `stays`."""
        row = self._row()
        if row.state not in WORKING:
            return
        cause, wish = self.simulation.dice.choice(words.OBSTACLES.get(self.task.language) or words.OBSTACLES["vi"])
        scope = self.simulation.scope(self.account, moment)
        raised = answering.raise_obstacle(scope=scope, obligation=row, cause=cause, wish=wish)
        if not stays:
            days = self.simulation.dice.randrange(1, 5)
            day = self.simulation.working_day(moment.date(), days)
            self.simulation.at(self.simulation.hours(day, 8, 10), partial(self.clear, raised.pk))

    def clear(self, obstacle: int, moment: datetime.datetime) -> None:
        """The chief answers an obstacle, as cleared or with a date; the unit closes it later."""
        found = Obstacle.objects.get(pk=obstacle)
        if found.closed_on or self._row().state not in OPEN_STATES:
            return
        closes = self.simulation.likely(0.6)
        day = self.simulation.working_day(moment.date(), 5)
        deciding.answer_obstacle(
            scope=self.simulation.scope("chief", moment),
            obstacle=found,
            answer=self._say(words.OBSTACLE_ANSWERS),
            due_on=None if closes else day,
            closes=closes,
        )
        if not closes:
            self.simulation.at(self.simulation.hours(day), partial(self.close, obstacle))

    def close(self, obstacle: int, moment: datetime.datetime) -> None:
        """The way is free."""
        found = Obstacle.objects.get(pk=obstacle)
        if not found.closed_on:
            deciding.close_obstacle(scope=self.simulation.scope(self.account, moment), obstacle=found)

    def ask(self, moment: datetime.datetime, *, waits: bool) -> None:
        """Ask for more time; the chief decides the next day, unless it `waits`."""
        row = self._row()
        if row.state not in WORKING or row.due_on is None:
            return
        later = self.simulation.working_day(row.due_on, self.simulation.dice.choice((8, 10, 15)))
        asked = deciding.ask_extension(
            scope=self.simulation.scope(self.account, moment),
            obligation=row,
            due_on=later,
            reason=self._say(words.EXTENSIONS),
        )
        if not waits:
            day = self.simulation.working_day(moment.date(), 1)
            self.simulation.at(self.simulation.hours(day, 8, 10), partial(self.decide, asked.pk))

    def decide(self, asked: int, moment: datetime.datetime) -> None:
        """Grant most requests."""
        extension = Extension.objects.get(pk=asked)
        if extension.decision == Extension.Decision.WAITING:
            deciding.decide_extension(
                scope=self.simulation.scope("chief", moment),
                extension=extension,
                grant=self.simulation.likely(0.8),
                text="Đồng ý, đây là lần cuối." if self.simulation.likely(0.3) else "",
            )
