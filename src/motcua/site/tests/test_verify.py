"""The offline check: a paper, its proof and a key are enough; Django is not even importable."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.core.documents.jobs import make
from motcua.core.dossiers.models import Paper
from motcua.core.files.store import path_of
from motcua.core.ledger.models import Entry
from motcua.core.ledger.proof import proof_of
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.statement import public_key
from motcua.site.cli.main import main
from motcua.site.cli.verify import KeyUnreadable, read_key
from motcua.site.sample.stories import load_stories
from motcua.site.tests.conftest import AT

OFFLINE = (
    "import sys\n"
    "for name in ('django', 'sqlite3', 'socket'): sys.modules[name] = None\n"
    "from motcua.site.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def paper(sample_city, settings, tmp_path):
    """Give a paper of the city, with its proof beside it."""
    settings.MOTCUA_WITNESS = tmp_path / "witness"
    load_stories(AT)
    asked = Paper.objects.first()
    make({"dossier": asked.dossier_id, "seq": asked.seq, "letter": asked.letter}, at=AT)
    seal(at=AT)
    return proven("paper", tmp_path / "a.pdf")


def proven(act: str, path: Path) -> Path:
    """Write the first file that an act's entry names, with its proof beside it."""
    entry = Entry.objects.filter(act=act).select_related("seal").first()
    [sha256, *_] = json.loads(entry.body)["files"]
    path.write_bytes(path_of(sha256).read_bytes())
    path.with_name(f"{path.name}.proof.json").write_text(json.dumps(proof_of(entry)))
    return path


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", OFFLINE, "verify", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_paper_is_verified_offline_with_the_key(paper):
    done = offline(str(paper), "--key", public_key().hex(), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["trusted"]) == (0, True, True)
    assert answer["file_listed"] is True


def test_without_a_key_it_says_what_is_not_confirmed(paper, capsys):
    assert main(["verify", str(paper)]) == 0
    out = capsys.readouterr().out
    assert "khóa chưa được xác nhận" in out
    assert "not confirmed as this city's" in out


def test_what_was_handed_in_is_not_called_a_paper_of_the_city(paper, tmp_path, capsys):
    evidence = proven("file", tmp_path / "b.pdf")
    assert main(["verify", str(evidence), "--key", public_key().hex()]) == 0
    handed_in = capsys.readouterr().out
    assert main(["verify", str(paper), "--key", public_key().hex()]) == 0
    assert "không phải văn bản của cơ quan" in handed_in
    assert "Văn bản này do cơ quan lập" in capsys.readouterr().out


def test_a_proof_alone_can_be_verified(paper, capsys):
    assert main(["verify", f"{paper}.proof.json", "--key", public_key().hex()]) == 0
    assert "This proof is in the city's ledger" in capsys.readouterr().out


def test_a_proof_is_found_under_the_name_of_its_download(paper):
    paper.with_name("a.pdf.proof.json").rename(paper.with_name("a.proof.json"))
    assert main(["verify", str(paper)]) == 0


def test_a_changed_paper_is_wrong(paper, capsys):
    paper.write_bytes(paper.read_bytes() + b" ")
    assert main(["verify", str(paper)]) == 1
    assert "[proof.file]" in capsys.readouterr().out


def test_a_changed_proof_is_wrong(paper, capsys):
    beside = paper.with_name("a.pdf.proof.json")
    beside.write_text(beside.read_text().replace("sealed_at", "sealed_by"))
    assert main(["verify", str(paper)]) == 1
    assert "[proof.signature]" in capsys.readouterr().out


def test_another_key_is_wrong(paper, capsys):
    assert main(["verify", str(paper), "--key", "ab" * 32]) == 1
    assert "[proof.key]" in capsys.readouterr().out


def test_a_paper_without_proof_is_refused_in_both_languages(tmp_path, capsys):
    (tmp_path / "b.pdf").write_bytes(b"%PDF-")
    assert main(["verify", str(tmp_path / "b.pdf")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("[verify.no_proof] Không thấy")
    assert " / There is no proof" in said


@pytest.mark.parametrize("written", [b"\x01" * 32, b"01" * 32, b'{"key": "' + b"01" * 32 + b'"}'])
def test_a_key_is_read_from_a_file(tmp_path, written):
    (tmp_path / "key").write_bytes(written)
    assert read_key(str(tmp_path / "key")) == b"\x01" * 32


def test_what_is_no_key_is_refused():
    with pytest.raises(KeyUnreadable):
        read_key("ab")
