"""What the pages need and the repository does not hold: subset fonts, the icon sprite, Bootstrap's styles, catalogues.

Each product has a key made of its inputs, kept in `.stamp.json`; a product whose key has not changed is not built.
Heavy libraries are imported only by the product that needs them.
"""

import glob
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x1A0, 0x1A1, 0x1AF, 0x1B0),
    *range(0x300, 0x304),
    *(0x309, 0x323),
    *range(0x1EA0, 0x1EFA),
    *range(0x2009, 0x200B),
    *range(0x2010, 0x2027),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x20AB, 0x2190, 0x2192, 0x2212, 0x2264, 0x2265, 0x2713),
)
ARABIC = (
    *range(0x600, 0x700),
    *range(0x750, 0x780),
    *(0xAB, 0xBB, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC),
)
DEVANAGARI = (*range(0x900, 0x980), 0x200C, 0x200D, 0x20B9, 0x25CC, *range(0xA8E0, 0xA900))
LATIN_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum")
RECIPE = "1"  # raise when the way of building changes, so that every product is built anew


class Font(NamedTuple):
    """A screen font: where it comes from, which characters and which axes are kept."""

    package: str
    pattern: str
    target: str
    characters: tuple[int, ...]
    features: tuple[str, ...]
    axes: dict[str, object]


FONTS = (
    Font("fontpkg-source-sans-3", "SourceSans3[[]wght].ttf", "source-sans-3.woff2", LATIN, LATIN_FEATURES,
         {"wght": (400, 600)}),
    Font("fontpkg-noto-sans-arabic", "NotoSansArabic*.ttf", "noto-sans-arabic.woff2", ARABIC, ("*",),
         {"wght": (400, 600), "wdth": 100}),
    Font("fontpkg-noto-sans-devanagari", "NotoSansDevanagari*.ttf", "noto-sans-devanagari.woff2", DEVANAGARI, ("*",),
         {"wght": (400, 600), "wdth": 100}),
)  # fmt: skip

# Icons whose names stand in data or in the state tables, where the search for `{% icon "name" %}` cannot see them.
ALWAYS = frozenset({"arrow-up", "arrow-down", "check-lg", "info-circle", "x-lg", "wifi-off"})
_IN_TEMPLATE = re.compile(r"""\{%-?\s*icon\s+["']([a-z0-9-]+)["']""")
_IN_PYTHON = re.compile(r"""(?:\bicon\s*=\s*|["']icon["']\s*:\s*|\bicon\(\s*)["']([a-z0-9-]+)["']""")
_IN_SCRIPT = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")


class UnknownIcon(Exception):
    """A name that Bootstrap's icons do not have."""


def build(target: Path, package: Path, *, force: bool = False) -> Iterator[str]:
    """Write what has changed into `target`, catalogues beside their sources; yield one line for each file written.

    `package` is the directory whose templates, Python and scripts are searched for icon names. Raises UnknownIcon.
    """
    target.mkdir(parents=True, exist_ok=True)
    stamps = _Stamps(target / ".stamp.json", force=force)
    for font in FONTS:
        if stamps.stale(font.target, RECIPE, version(font.package), version("fonttools"), *font):
            _subset(font, target / font.target)
            yield f"{font.target}: {(target / font.target).stat().st_size // 1024} kB"
    for name in ("bootstrap.min.css", "bootstrap.rtl.min.css"):
        if stamps.stale(name, RECIPE, version("bootstrap-wrapper")):
            (target / name).write_text(_bootstrap(name), encoding="utf-8")
            yield f"{name}: {(target / name).stat().st_size // 1024} kB"
    names = sorted(icon_names(package))
    if stamps.stale("icons.svg", RECIPE, version("django-bs-icon-templates"), *names):
        (target / "icons.svg").write_text(sprite(names), encoding="utf-8")
        yield f"icons.svg: {len(names)} icons, {(target / 'icons.svg').stat().st_size // 1024} kB"
    stamps.save()
    yield from compile_catalogues(package, force=force)


class _Stamps:
    """The keys under which products were built."""

    def __init__(self, path: Path, *, force: bool) -> None:
        self.path = path
        try:
            self.known = {} if force else json.loads(path.read_text())
        except (OSError, ValueError):
            self.known = {}

    def stale(self, product: str, *inputs: object) -> bool:
        """Tell whether `product` is missing or was built from other inputs; note the new key."""
        key = hashlib.sha256(repr(inputs).encode()).hexdigest()
        fresh = self.known.get(product) == key and (self.path.parent / product).exists()
        self.known[product] = key
        return not fresh

    def save(self) -> None:
        self.path.write_text(json.dumps(self.known, indent=1, sort_keys=True))


def _site(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return Path(spec.origin).parent


def _subset(font: Font, path: Path) -> None:
    import io  # noqa: PLC0415 - with fontTools, needed only when a font is built
    import logging  # noqa: PLC0415

    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder = _site(font.package.replace("-", "_")) / "files"
    source = sorted(glob.glob(str(folder / font.pattern)))[0]
    whole = instancer.instantiateVariableFont(TTFont(source), font.axes)
    # The instancer leaves tables that the subsetter can only read from a file.
    buffer = io.BytesIO()
    whole.save(buffer)
    buffer.seek(0)
    kept = TTFont(buffer)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = list(font.features)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.characters)
    subsetter.subset(kept)
    kept.flavor = "woff2"
    kept.save(path)


def _bootstrap(name: str) -> str:
    """Return Bootstrap's stylesheet without the pointer to a source map, which is not served."""
    import bootstrap_wrapper  # noqa: PLC0415

    text = (Path(bootstrap_wrapper.get_bootstrap_dir()) / "css" / name).read_text(encoding="utf-8")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", text)


def _sources(package: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    for suffix, pattern in ((".html", _IN_TEMPLATE), (".py", _IN_PYTHON), (".js", _IN_SCRIPT)):
        for path in package.rglob(f"*{suffix}"):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield path.read_text(encoding="utf-8"), pattern


def icon_names(package: Path) -> set[str]:
    """Return the names of all icons used below `package`: `{% icon "x" %}`, `icon="x"` in Python, `icon("x")` in JS."""
    names = set(ALWAYS)
    for text, pattern in _sources(package):
        names.update(pattern.findall(text))
    return names


def sprite(names: Iterable[str]) -> str:
    """Return one SVG with a symbol for each Bootstrap icon in `names`; UnknownIcon names those that do not exist."""
    folder = _site("bs_icon_templates") / "templates" / "bs_icon"
    symbols, unknown = [], []
    for name in names:
        path = folder / f"{name}.svg"
        if not path.exists():
            unknown.append(name)
            continue
        match = re.search(r'<svg[^>]*?viewBox="([^"]+)"[^>]*>(.*)</svg>', path.read_text(encoding="utf-8"), re.DOTALL)
        if match:
            body = re.sub(r"\s*\n\s*", "", match[2].strip())
            symbols.append(f'<symbol id="{name}" viewBox="{match[1]}" fill="currentColor">{body}</symbol>')
    if unknown:
        raise UnknownIcon(f"Bootstrap has no icon named {', '.join(unknown)}.")
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""])


def compile_catalogues(package: Path, *, force: bool = False) -> Iterator[str]:
    """Compile every `locale/*/LC_MESSAGES/*.po` below `package` whose .mo is older; yield a line for each."""
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not force and compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib  # noqa: PLC0415 - reading a catalogue takes longer than the whole check that none has changed

        catalogue = polib.pofile(str(source))
        catalogue.save_as_mofile(str(compiled))
        yield f"{compiled.relative_to(package)}: {len(catalogue.translated_entries())} messages"
