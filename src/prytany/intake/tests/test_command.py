"""`prytany intake FILE…`: the published format, nothing stored, each unreadable file named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from prytany.intake import scoring

KEYS = ["file", "language", "kind", "body", "event_date", "tasks", "awards", "proposals", "furniture", "same_as"]


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("intake", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_one_object_per_file(tmp_path):
    text = (
        "Minutes of the Roads Committee\n"
        "The Committee met on 3 March 2026 in the council chamber.\n"
        "The Committee asked the Surveyor to repair the bridge by 30 June 2026.\n"
        "Comments (3)\n"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    printed, _ = run("--json", tmp_path / "a.txt", tmp_path / "b.txt")
    first, second = json.loads(printed)
    assert list(first) == KEYS
    assert first["tasks"] == [
        {
            "line": 3,
            "text": "The Committee asked the Surveyor to repair the bridge by 30 June 2026.",
            "start": 0,
            "end": 70,
            "lead": "Surveyor",
            "cooperating": [],
            "deadline": {"kind": "on_or_before", "text": "by 30 June 2026", "iso": "2026-06-30", "iso_end": None},
            "voice": "conclusion",
        }
    ]
    assert first["event_date"] == {"iso": "2026-03-03", "precision": "day", "basis": "stated"}
    assert first["furniture"] == [{"line": 4, "text": "Comments (3)"}]
    assert (first["same_as"], second["same_as"]) == (["b.txt"], ["a.txt"])
    assert {**second, "file": "a.txt", "same_as": ["b.txt"]} == first


@pytest.mark.parametrize("path", sorted(scoring.OWN_GOLD.glob("*.txt")), ids=lambda path: path.stem)
def test_offsets_hold_in_the_file_as_stored(path):
    (read,) = json.loads(run("--json", path)[0])
    lines = path.read_text("utf-8").split("\n")
    for task in read["tasks"]:
        assert lines[task["line"] - 1][task["start"] : task["end"]] == task["text"]


def test_a_table_for_people_says_why(tmp_path):
    (tmp_path / "a.txt").write_text("The Board asked the Clerk to publish the accounts by 1 May 2026.", "utf-8")
    printed, _ = run(tmp_path / "a.txt")
    assert "lead Clerk (stated)" in printed
    assert "due  on_or_before 2026-05-01 (by 1 May 2026)" in printed
    assert "conclusion, because of: asked" in printed


def test_files_of_one_name_are_told_apart(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("The Board met.", "utf-8")
    paths = [tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"]
    assert [entry["file"] for entry in json.loads(run("--json", *paths)[0])] == [str(path) for path in paths]


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("The Board met on 3 March 2026.", "utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match=r"gone\.txt: No such file"):
        call_command("intake", "--json", str(tmp_path / "gone.txt"), str(tmp_path / "a.txt"), stdout=out)
    assert [entry["file"] for entry in json.loads(out.getvalue())] == ["a.txt"]


def test_an_old_code_page_and_broken_letters_are_read(tmp_path):
    text = "Le comité a demandé à la direction des finances de transmettre le rapport avant le 15 mars 2026."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    (tmp_path / "broken.txt").write_bytes(text.encode() + b"\xff\xfe\x81\n\x9d\xe0")
    printed, said = run("--json", tmp_path / "old.txt", tmp_path / "broken.txt")
    old, broken = json.loads(printed)
    assert old["tasks"][0]["text"] == text
    assert broken["tasks"][0]["lead"] == "direction des finances"
    assert "broken.txt: not in a known encoding" in said


def test_a_word_file_is_read(tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph("Hội nghị yêu cầu Sở Tài chính nộp báo cáo trước ngày 15/3/2026.")
    document.save(tmp_path / "a.docx")
    (read,) = json.loads(run("--json", tmp_path / "a.docx")[0])
    assert [(task["lead"], task["deadline"]["iso"]) for task in read["tasks"]] == [("Sở Tài chính", "2026-03-15")]
