"""The part of ``benchmark.py`` that measures documents and their preview (Linux).

What a person waits for is measured in new processes, with modules compiled and outlines kept, as a
computer has them from the second start on; the very first export is told apart.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from export.layout import Description, Heading, Paragraph, TableBlock, describe
from model.catalogue import load_form
from model.report import Report
from model.storage import load
from tests.benchmark import ROOT, SAMPLE, Figure, compare, compiled, medians, milliseconds

PREVIEW_PROBE = ROOT / "tests" / "gui" / "preview_probe.py"
ROUNDS = 7
BURSTS = 4
MOMENT = datetime(2022, 1, 20, tzinfo=UTC)
SUFFIXES = (".pdf", ".xlsx", ".docx", ".html")


def measure_excel() -> Iterator[Figure]:
    """Measure writing the workbook against openpyxl writing the same cells without any style."""
    from export.excel import write_excel

    description = sample_description()
    with tempfile.TemporaryDirectory() as folder:
        ours, baseline = compare(
            lambda: write_excel(description, Path(folder, "ours.xlsx"), MOMENT),
            lambda: write_plain_workbook(description, Path(folder, "plain.xlsx")),
        )
    yield Figure("Excel", "ms", ours, "openpyxl, same cells, no style", baseline, "<= 2 x")


def measure_documents() -> Iterator[Figure]:
    """Measure exporting, with validation and reading back: PDF with faces of both kinds, and all formats."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = environment(folder, "kept")
        truetype = environment(folder, "truetype")
        make_truetype_faces(folder / "truetype" / "fonts")
        yield from take_turns("PDF, CFF faces", "pdf", lambda _: kept, "< 1000 ms")
        yield from take_turns("PDF, TrueType faces", "pdf", lambda _: truetype, "< 500 ms")
        yield from take_turns("all four formats, CFF faces", "four", lambda _: kept, "< 2000 ms")
        new = take_turns(
            "PDF, CFF faces never used", "pdf", lambda n: environment(folder, f"new {n}"), "none"
        )
        yield next(new)


def take_turns(
    what: str, work: str, where: Callable[[int], Mapping[str, str]], target: str
) -> Iterator[Figure]:
    """Let new processes take turns at our work and at the baseline; yield the first time and a later one."""
    baseline_is, plain = BASELINES[work]
    pairs = [(child(work, where(number)), child(plain, where(number))) for number in range(ROUNDS + 1)][1:]
    for place, when in enumerate(("first of a process", "later")):
        mine, baseline = medians([(one.waited[place], other.waited[place]) for one, other in pairs])
        worked = statistics.median(one.worked[place] for one, _ in pairs)
        named = f"{what}, {when} ({worked:.0f} ms of them at work)"
        yield Figure(named, "ms", mine, baseline_is, baseline, target)


BASELINES = {
    "pdf": ("reportlab paragraphs and tables as they come", "plain-pdf"),
    "four": ("plain PDF and plain workbook", "plain-two"),
}
"""What a piece of work is compared with."""


def environment(folder: Path, name: str) -> dict[str, str]:
    """Return the environment of a child with its own data, among them kept outlines, and shared modules."""
    own = folder / name
    own.mkdir(exist_ok=True)
    return {**compiled(str(own)), "PYTHONPYCACHEPREFIX": str(folder / "modules")}


class Times(NamedTuple):
    """Milliseconds of the first and of the second time, by the clock and by the processor."""

    waited: tuple[float, float]
    worked: tuple[float, float]


def child(work: str, where: Mapping[str, str]) -> Times:
    """Let a new process do some work twice."""
    found = json.loads(output_of([sys.executable, __file__, work], where))
    (waited, worked), (again, worked_again) = found
    return Times((waited, again), (worked, worked_again))


def make_truetype_faces(folder: Path) -> None:
    """Make a TrueType face for each part of the document, as Windows has them, from the packaged faces.

    They have all characters, but outlines for those of the sample only.
    """
    from export.fallback_fonts import fallback_sans_path, fallback_serif_path

    folder.mkdir(parents=True)
    faces = {
        fallback_serif_path(): ("方正小标宋简体", "KaiTi", "FangSong", "SimSun"),
        fallback_sans_path(): ("SimHei",),
    }
    for path, names in faces.items():
        make_truetype(path, names, folder)


def make_truetype(path: Path, names: tuple[str, ...], folder: Path) -> None:
    """Convert what the sample needs of one face, and save it under each name."""
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(path)
    needed = {font.getBestCmap().get(ord(letter)) for letter in sample_letters()}
    glyphs = quadratic_glyphs(font, needed)
    for tag in ("CFF ", "VORG", "GSUB", "GPOS"):
        if tag in font:
            del font[tag]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = list(glyphs), glyphs
    font["maxp"].tableVersion = 0x00010000
    for field in MAXIMA:
        setattr(font["maxp"], field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"
    for name in names:
        for number in (1, 4, 6, 16):
            font["name"].setName(name, number, 3, 1, 0x409)
        font.save(folder / f"{name}.ttf")


MAXIMA = (
    "maxZones",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
"""What a face without instructions and composites has none of."""


def sample_letters() -> set[str]:
    """Return the characters that are printed of the sample."""
    texts = [SAMPLE.read_text(encoding="utf-8")]
    for block in sample_description().blocks:
        texts += [box.text for box in block.cells] if isinstance(block, TableBlock) else [block.text]
    return set("".join(texts)) | set("草稿—0123456789")


def quadratic_glyphs(font: Any, needed: set[str]) -> dict[str, Any]:
    """Return the glyphs of a CFF face with quadratic curves, empty where they are not needed."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    outlines = font.getGlyphSet()

    def converted(name: str) -> Any:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        return pen.glyph()

    return {name: converted(name) if name in needed else Glyph() for name in font.getGlyphOrder()}


def measure_against_libreoffice() -> Iterator[Figure]:
    """Measure the whole command to a PDF against LibreOffice converting the docx of the same report."""
    office = which("soffice")
    if office is None:
        sys.stdout.write("LibreOffice is not installed: its conversion is not measured\n")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = environment(folder, "kept")
        ours = [sys.executable, str(ROOT / "main.py"), "export", str(SAMPLE)]
        document = folder / "report.docx"
        time_command([*ours, str(document)], where)
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        theirs = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(document)]
        pairs = [
            (time_command([*ours, str(folder / "ours.pdf")], where), time_command(theirs, where))
            for _ in range(ROUNDS + 1)
        ][1:]
    mine, office_time = medians(pairs)
    yield Figure(
        "report to PDF, whole command", "ms", mine, "LibreOffice converting its docx", office_time, "< 1 x"
    )


def time_command(command: list[str], where: Mapping[str, str]) -> float:
    """Return the milliseconds that a command takes."""
    begun = time.perf_counter()
    output_of(command, where)
    return (time.perf_counter() - begun) * 1000


def output_of(command: list[str], where: Mapping[str, str]) -> str:
    """Return what a command prints; raise where it neither worked nor made a draft, which is 1."""
    ended = subprocess.run(command, env=dict(where), capture_output=True, check=False, text=True, timeout=300)
    if ended.returncode not in (0, 1) or "Traceback" in ended.stderr:
        raise RuntimeError(ended.stderr)
    return ended.stdout


def measure_preview() -> Iterator[Figure]:
    """Measure the preview beside the window in which somebody types."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = environment(folder, "kept")
        for _ in range(2):  # the first run compiles modules and converts outlines
            report = Path(tempfile.mkdtemp(dir=name), SAMPLE.name)
            report.write_bytes(SAMPLE.read_bytes())
            command = [sys.executable, str(PREVIEW_PROBE), str(report), str(BURSTS)]
            output = output_of(command, where)
        found = json.loads(output)
    alone = "drawing all pages and rendering one, nothing else"
    drawn = statistics.median(found["drawn"])
    yield Figure("preview opened to its first page", "ms", found["opened"], alone, drawn, "none")
    followed = statistics.median(found["followed"])
    yield Figure("last key to the first page in the preview", "ms", followed, alone, drawn, "< 300 ms")
    for what, pick in (("median", statistics.median), ("slowest of 20", slow)):
        yield Figure(
            f"key to frame beside the preview, {what}", "ms", pick(found["beside"]),
            "without the preview", pick(found["alone"]), "<= 1.5 x",
        )  # fmt: skip


def slow(figures: list[float]) -> float:
    """Return what one in twenty exceeds."""
    return statistics.quantiles(figures, n=20)[-1]


# ---------------------------------------------------------------- in a child


def sample_report() -> Report:
    """Return the sample."""
    return load(SAMPLE)


def sample_description() -> Description:
    """Return the sample as it is printed."""
    report = sample_report()
    return describe(load_form(report.form), report, draft=None)


def export_sample(folder: Path, suffixes: tuple[str, ...]) -> None:
    """Export as the program does, with validation and reading back."""
    from export.exporting import export_report

    report = sample_report()
    form = load_form(report.form)
    for suffix in suffixes:
        export_report(form, report, folder / f"report{suffix}", draft="草稿", moment=MOMENT)


def write_plain_workbook(description: Description, path: Path) -> None:
    """Write every text and number of a document into an unstyled workbook."""
    from openpyxl import Workbook

    workbook = Workbook()
    text_sheet = workbook.active
    for block in description.blocks:
        if not isinstance(block, TableBlock):
            text_sheet.append([block.text])
            continue
        sheet = workbook.create_sheet(block.id)
        for box in block.cells:
            sheet.cell(box.row + 1, box.column + 1, box.text if box.cell is None else box.value)
    workbook.save(path)


def write_plain_pdf(description: Description, path: Path) -> None:
    """Write the same texts and tables with nothing but what reportlab offers, in a face it need not embed."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, SimpleDocTemplate, Table
    from reportlab.platypus import Paragraph as Text

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=29, wordWrap="CJK")

    def flowable(block: Heading | Paragraph | TableBlock) -> Flowable:
        if not isinstance(block, TableBlock):
            return Text(block.text, style)
        rows = [[""] * len(block.widths) for _ in range(block.row_count)]
        for box in block.cells:
            rows[box.row][box.column] = box.text[:8]
        table = Table(rows, colWidths=[440 / len(block.widths)] * len(block.widths))
        table.setStyle(
            [("FONT", (0, 0), (-1, -1), "STSong-Light", 6), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
        )
        return table

    SimpleDocTemplate(str(path)).build([flowable(block) for block in description.blocks])


def write_two_plainly(folder: Path) -> None:
    """Write a plain PDF and a plain workbook."""
    description = sample_description()
    write_plain_pdf(description, folder / "report.pdf")
    write_plain_workbook(description, folder / "report.xlsx")


CHILDREN: Mapping[str, Callable[[Path], None]] = {
    "pdf": lambda folder: export_sample(folder, (".pdf",)),
    "four": lambda folder: export_sample(folder, SUFFIXES),
    "plain-pdf": lambda folder: write_plain_pdf(sample_description(), folder / "report.pdf"),
    "plain-two": write_two_plainly,
}


def main() -> None:
    """Print the milliseconds of the first and the second time of some work in this process."""
    work = CHILDREN[sys.argv[1]]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            worked = time.process_time()
            waited = milliseconds(lambda: work(Path(folder)))
            found.append((waited, (time.process_time() - worked) * 1000))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
