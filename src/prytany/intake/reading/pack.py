"""The interface of a language pack: words by what they are a sign of, and the few patterns that words cannot say.

A pack is data. The reader never asks which language it reads; it asks the pack. `docs/language-packs.md` tells how to
write one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from prytany.intake.reading.exchange_words import ExchangeWords
from prytany.intake.reading.page_words import PageWords
from prytany.intake.reading.shadow import fold_line
from prytany.intake.reading.tokens import Forms, Lexicon, as_written

# Where a word begins; vowel signs of Devanagari are no letters to `\w`.
WORD_BEGINS = r"(?<![\w\u0900-\u0963\u0970-\u097f])"
# What a word or phrase of a pack may be a sign of.
TAGS = frozenset(
    [
        "direct",
        "assign",
        "stress",
        "say",
        "propose",
        "must",
        "will",
        "act",
        "act_end",
        "done",
        "praise",
        "limit",
        "result",
        "forward",
        "keytask",
        "task_noun",
        "listing",
        "conclude",
        "unit",
        "group",
        "post",
        "role",
        "event",
        "host",
        "attend",
        "award",
        "confer",
        "collective",
        "individual",
        "many",
        "propose_award",
        "approve",
        "partly",
        "launch",
        "defer",
        "close",
        "refuse",
        "return",
        "decide",
        "grant",
        "ask_approval",
        "with_open",
        "with_close",
        "none",
        "join",
        "pronoun",
        "past_lead",
        "resolved",
        "habitual",
        "hearing",
        "purpose",
        "negative",
        "owed",
        "narrative",
        "scheduled",
        "petitioner",
    ]
)


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a list written with commas or on lines of their own."""
    return tuple(part.strip() for part in re.split(r"[,\n،]", text) if part.strip())


@lru_cache(maxsize=8_192)
def folded(pattern: str) -> str:
    """Return a regular expression with its letters folded as the texts are (patterns are written in lower case)."""
    # Escapes such as \S would change their meaning if lowered; patterns hold no capital letters outside them.
    return re.sub(r"[^\\\x00-\x7f]+", lambda m: fold_line(m.group()), pattern)


def compile_any(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one expression that finds any of `patterns`."""
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{folded(pattern)})" for pattern in patterns))


@dataclass(frozen=True)
class Pack:
    """One language. All words are written as people write them; the reader folds them."""

    code: str
    name: str
    script: str  # latin, devanagari, arabic
    # Where the verb of a clause stands: before what is to be done, or after it.
    verb: str  # "first" or "last"
    # Where the telling word of a unit's name stands: "the Department of Health" first, "the health department" last.
    head: str  # "first" or "last"
    # Words by tag, each value a list of phrases parted by commas or lines.
    words: Mapping[str, str]
    # For telling the language: words that hardly any other language of the script has, and letters likewise.
    common: str
    letters: str
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    # Words that stand between a verb of asking and the one asked ("à", "من"), and between the one asked and what is
    # asked ("to", "de", "أن"). For verb-last languages: postpositions after the one asked ("को", "से").
    asked_open: str = ""
    asked_close: str = ""
    that: str = ""
    # Words before a verb of asking that make a noun of it ("the request"); words with which its passive begins ("was").
    nouning: frozenset[str] = frozenset()
    passive_signs: frozenset[str] = frozenset()
    # Words of a passive behind a word of duty ("be", "être", "được").
    passive_words: frozenset[str] = frozenset()
    # Words after which a named unit's verb is sure to be a bare one ("Clerk to write"); none: no word is needed.
    verb_after_to: frozenset[str] = frozenset()
    # Words for units that stand before the rest of the name though the language puts them last ("محکمہ صحت").
    head_first: frozenset[str] = frozenset()
    # "And" inside the name of such a unit ("محکمہ تعلیم و تربیت").
    name_and: frozenset[str] = frozenset()
    # Particles written onto a number ("لست" is "to six").
    number_prefixes: str = ""
    # Words that make of several units one who act together ("coordination between agencies must be good").
    amid: frozenset[str] = frozenset()
    # Prepositions by which a clause opens before its subject ("in", "during").
    openings: frozenset[str] = frozenset()
    # How an infinitive looks behind "to"/"de", for verbs that are not listed.
    infinitive_shape: str = ""
    # Words after which any word is a verb ("to").
    infinitive_marks: frozenset[str] = frozenset()
    # An infinitive before a word of asking, and how it stands alone ("करने का" -> "करना").
    oblique: tuple[str, str] | None = None
    # How a future verb looks where the future is a particle written onto it.
    will_shape: str = ""
    # How a verb looks that tells what a unit does as a matter of course ("enregistrent"), in plans.
    habitual_shape: str = ""
    # How a word looks with which what someone is charged with begins ("برئاسة").
    charge_shape: str = ""
    # Words of duty that foretell as often ("the storm should reach"): a duty only of somebody named.
    soft_duty: frozenset[str] = frozenset()
    # Nouns of doing whose doer, not whose object, stands behind them ("التزام الشركات").
    doer_behind: frozenset[str] = frozenset()
    # Days of the week, Monday 0; with them a page's date tells the day of the event.
    weekdays: Mapping[str, int] = field(default_factory=dict)
    # Whether the one who must do something may stand after the word of duty; whether any future is an act.
    subject_after_duty: bool = False
    future_is_act: bool = False
    # Words dropped at the start of a named unit, and words before which a name of a unit ends.
    name_skip: str = ""
    name_stop: str = ""
    # Words that carry a noun on to the next one inside a name ("of", "de", "của").
    name_join: str = ""
    abbreviations: str = ""
    # Patterns over folded text. Furniture: reason -> patterns that must match the whole line (captions: its start).
    furniture: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # A year, day or quarter found: what stands before or after it decides the kind of deadline.
    prepositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    postpositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Patterns of what may stand between such a word and the piece of time ("the date of", "ngày").
    between: str = ""
    between_after: str = ""
    date_patterns: tuple[str, ...] = ()
    quarter_patterns: tuple[str, ...] = ()
    half_patterns: tuple[str, ...] = ()
    durations: tuple[str, ...] = ()
    # Durations of two units said by one word ("أسبوعين").
    durations_of_two: tuple[str, ...] = ()
    # Durations of one unit, told without a number ("within a month", "داخل أجل شهر").
    durations_of_one: tuple[str, ...] = ()
    # Words for areas that stand before the name of a body and belong to it ("जिला … कार्यालय").
    modifying: frozenset[str] = frozenset()
    # Bare verbs that entrust somebody with something ("Assign the Department of …", "Charger le …").
    entrusting: frozenset[str] = frozenset()
    # First words of phrases for voting, which tell of no decision by themselves.
    voting: frozenset[str] = frozenset()
    # Headings of the columns of a table: task, lead, with, due -> patterns at the start of the cell.
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Cells of a table that say that nobody is named yet, and that the row is settled: patterns of a whole cell.
    cells_unknown: tuple[str, ...] = ()
    cells_settled: tuple[str, ...] = ()
    # Phrases that are two words where the second has a capital: phrase -> what the first is then a sign of.
    parted: Mapping[str, str] = field(default_factory=dict)
    # Words by which a unit is the one that writes ("this office"): it asks, and is not asked.
    this: frozenset[str] = frozenset()
    # Words that may stand inside a phrase of several words ("ont également demandé").
    interposed: frozenset[str] = frozenset()
    # Beginnings of the words for units of time -> H, D, W, M, Y.
    units_of_time: Mapping[str, str] = field(default_factory=dict)
    recurring: tuple[str, ...] = ()
    asap: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    # What tells that the event was just held: its day is then the one the page bears.
    just: tuple[str, ...] = ()
    # What a period of years stands in that is a name and no deadline: terms, plans, congresses.
    period_names: tuple[str, ...] = ()
    citation: tuple[str, ...] = ()
    # What a body approves as a matter of course: its minutes, its agenda, apologies.
    routine: tuple[str, ...] = ()
    task_year: tuple[str, ...] = ()
    result_year: tuple[str, ...] = ()
    item_marks: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    # Where the one who held a meeting stands: before the verb, or right after it ("verb", as in Arabic).
    host_order: str = "before"
    # Words before a date that is one to come, not the day of the event ("before", "until").
    late_words: tuple[str, ...] = ()
    # Heads of sections in minutes and letters: role -> patterns at the start of a line or sentence.
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # What a task may have to bring (reports, lists, plans), and the verbs of making and handing in by which it does.
    products: str = ""
    makers: str = ""
    forms: Forms = as_written
    number_of: Callable[[list[str], int], tuple[int, int] | None] | None = None
    # How a duty looks in the passive whose subject is not the doer ("be trained").
    done_to: tuple[str, ...] = ()
    # Words between a number of things and the number of those they are of ("145 works by 88 authors").
    counted_of: frozenset[str] = frozenset()
    # Words that are two of something by their form alone ("مجموعتين").
    duals: Mapping[str, int] = field(default_factory=dict)
    # Endings by which a word not listed is taken for a verb that opens (or closes) a task.
    act_shape: str = ""
    act_end_shape: str = ""
    # Endings that close a task only under a verb of asking ("کہ دفتر … رکھے").
    asked_end_shape: str = ""
    # The first page of an official document.
    page: PageWords = field(default_factory=PageWords)
    # Requests and the answers to them.
    exchange: ExchangeWords = field(default_factory=ExchangeWords)

    def __post_init__(self) -> None:
        unknown = set(self.words) - TAGS
        if unknown:
            raise ValueError(f"{self.code}: no such tags: {sorted(unknown)}")
        for name, value in vars(self).items():
            if isinstance(value, frozenset):
                object.__setattr__(self, name, frozenset(fold_line(word) for word in value))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the pack, ready to be found."""
        entries = {tag: phrases(text) for tag, text in self.words.items()}
        entries["month"] = tuple(self.months)
        entries["open"] = phrases(self.asked_open)
        entries["that"] = phrases(self.that)
        entries["upto"] = phrases(self.asked_close)
        entries["skip"] = phrases(self.name_skip)
        entries["stop"] = phrases(self.name_stop)
        entries["of"] = phrases(self.name_join)
        return Lexicon(entries, self.forms, self.interposed)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that tell the language."""
        return frozenset(fold_line(word) for word in self.common.split())

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Numbers in words, folded; words of several parts are keyed with single spaces."""
        return {" ".join(fold_line(word).replace("-", " ").split()): value for word, value in self.numbers.items()}

    @cached_property
    def month_words(self) -> dict[str, int]:
        """Months by folded name."""
        return {fold_line(word): number for word, number in self.months.items()}

    @cached_property
    def abbreviation_words(self) -> frozenset[str]:
        """Words after which a full stop ends no sentence."""
        return frozenset(fold_line(word) for word in self.abbreviations.split())

    def pattern(self, name: str) -> re.Pattern[str] | None:
        """Return the compiled patterns of the attribute `name`, or None where the pack has none."""
        if name not in self._compiled:
            self._compiled[name] = compile_any(getattr(self, name))
        return self._compiled[name]

    def each(self, name: str) -> list[re.Pattern[str]]:
        """Return the patterns of the attribute `name`, each compiled by itself: their groups have names."""
        found = self._each.get(name)
        if found is None:
            found = self._each[name] = [re.compile(folded(pattern)) for pattern in getattr(self, name)]
        return found

    def known(self, key: str) -> re.Pattern[str] | None:
        """Return what `cached` has kept under a key, None where it has kept nothing yet."""
        return self._compiled.get(key)

    def page_each(self, name: str) -> list[re.Pattern[str]]:
        """Return the patterns `name` of the first page, each by itself; they begin where a word begins."""
        found = self._each.get(f"page.{name}")
        if found is None:
            patterns = getattr(self.page, name)
            found = self._each[f"page.{name}"] = [re.compile(f"{WORD_BEGINS}(?:{folded(one)})") for one in patterns]
        return found

    def page_pattern(self, name: str) -> re.Pattern[str] | None:
        """Return the patterns `name` of the first page as one, or None where the pack has none."""
        key = f"page.{name}"
        if key not in self._compiled:
            whole = compile_any(getattr(self.page, name))
            self._compiled[key] = re.compile(f"{WORD_BEGINS}(?:{whole.pattern})") if whole else None
        return self._compiled[key]

    def exchange_pattern(self, name: str) -> re.Pattern[str] | None:
        """Return the patterns `name` of requests and answers as one; they begin where a word begins."""
        key = f"exchange.{name}"
        if key not in self._compiled:
            whole = compile_any(getattr(self.exchange, name))
            self._compiled[key] = re.compile(f"{WORD_BEGINS}(?:{whole.pattern})") if whole else None
        return self._compiled[key]

    def request_columns(self) -> dict[str, re.Pattern[str]]:
        """Return what the headings of a table of requests look like: request, decision."""
        found: dict[str, re.Pattern[str]] = self._keyed.get("exchange.columns", {})
        if not found:
            for name, patterns in self.exchange.columns.items():
                whole = compile_any(patterns)
                if whole:
                    found[name] = whole
            self._keyed["exchange.columns"] = found
        return found

    def answer_patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """Return outcomes with what tells them, in the order in which they are looked for."""
        found = self._answers
        if not found:
            for outcome, patterns in self.exchange.answers.items():
                whole = compile_any(patterns)
                if whole:
                    found.append((outcome, re.compile(f"{WORD_BEGINS}(?:{whole.pattern})")))
        return found

    def page_words(self, name: str) -> dict[str, str]:
        """Return the words of a mapping `name` of the first page, folded: word -> code."""
        found: dict[str, str] = self._words.get(name, {})
        if not found:
            for code, text in getattr(self.page, name).items():
                found |= {fold_line(phrase): code for phrase in phrases(text)}
            self._words[name] = found
        return found

    def cached(self, key: str, pattern: str) -> re.Pattern[str]:
        """Return `pattern` compiled, under a key of the caller's."""
        if key not in self._compiled:
            self._compiled[key] = re.compile(pattern)
        found = self._compiled[key]
        assert found is not None  # noqa: S101 - just stored
        return found

    def keyed(self, name: str) -> dict[str, re.Pattern[str]]:
        """Return the compiled patterns of a mapping attribute (`furniture`, `kinds`, `heads`, …)."""
        found: dict[str, re.Pattern[str]] = self._keyed.get(name, {})
        if not found:
            for key, patterns in getattr(self, name).items():
                compiled = compile_any(tuple(patterns))
                if compiled:
                    found[key] = compiled
            self._keyed[name] = found
        return found

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str] | None]:
        return {}

    @cached_property
    def _each(self) -> dict[str, list[re.Pattern[str]]]:
        return {}

    @cached_property
    def _answers(self) -> list[tuple[str, re.Pattern[str]]]:
        return []

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _keyed(self) -> dict[str, dict[str, re.Pattern[str]]]:
        return {}

    @cached_property
    def shape_of_act(self) -> re.Pattern[str] | None:
        """Words that look like the verb of a task."""
        return re.compile(folded(self.act_shape)) if self.act_shape else None

    @cached_property
    def shape_of_end(self) -> re.Pattern[str] | None:
        """Words that look like the closing verb of a task."""
        return re.compile(folded(self.act_end_shape)) if self.act_end_shape else None

    @cached_property
    def shape_of_asked(self) -> re.Pattern[str] | None:
        """Words that look like the closing verb of what is asked for."""
        return re.compile(folded(self.asked_end_shape)) if self.asked_end_shape else None

    def number_at(self, words: list[str], index: int) -> tuple[int, int] | None:
        """Return (value, words used) of the number that begins at `index`, in digits or in words; None if none does."""
        word = words[index]
        if word[:1] and word[0] in self.number_prefixes and word[1:].isdigit():
            word = word[1:]
        if word.isdigit():
            return (int(word), 1) if len(word) <= 6 else None
        total, used = 0, 0
        while index + used < len(words):
            step = self._number_word(words, index + used)
            if step is None:
                break
            value, size = step
            total = total * value if value == 100 and total else total + value
            used += size
        return (total, used) if used else None

    def _number_word(self, words: list[str], index: int) -> tuple[int, int] | None:
        for size in (3, 2, 1):
            if index + size > len(words):
                continue
            text = " ".join(words[index : index + size])
            if text in self.number_words:
                return self.number_words[text], size
        if self.number_words and index < len(words):
            word = words[index]
            bare = (word[1:],) if word[:1] and word[0] in self.number_prefixes else ()
            for form in (*self.forms(word)[1:], *bare):
                if form in self.number_words:
                    return self.number_words[form], 1
        return None
