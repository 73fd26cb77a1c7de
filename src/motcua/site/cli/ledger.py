"""`motcua ledger seal|verify|key`: the ledger and the access log by hand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json

if TYPE_CHECKING:
    from motcua.core.ledger.book import Book
    from motcua.core.ledger.verify import Report


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the three nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    sealing = nouns.add_parser("seal", help="seal what no seal holds yet, and tell the witnesses")
    add_json(sealing)
    verifying = nouns.add_parser("verify", help="check every chain, seal and witness")
    verifying.add_argument("--state", action="store_true", help="compare the dossiers' rows too")
    add_json(verifying)
    add_json(nouns.add_parser("key", help="show the public key that verifies this city's seals"))


def run(options: argparse.Namespace) -> int:
    """Do what the noun says; `verify` gives 1 when anything is wrong."""
    ready()
    return {"seal": _seal, "verify": _verify, "key": _key}[options.noun](options)


def _seal(options: argparse.Namespace) -> int:
    from motcua.core.access.book import ACCESS
    from motcua.core.access.folding import fold
    from motcua.core.ledger.book import LEDGER

    told = {**_sealed(LEDGER), "access_log": _sealed(ACCESS)}
    while fold(most=1000):
        pass
    answer(options, told)
    return 0


def _sealed(book: Book) -> dict[str, object]:
    from motcua.core.ledger.sealing import seal
    from motcua.core.now import now

    seals, entries, last = 0, 0, None
    while (made := seal(at=now(), book=book)) is not None:
        seals, entries, last = seals + 1, entries + made.size, made.number
    return {"seals": seals, "entries": entries, "last": last}


def _key(options: argparse.Namespace) -> int:
    from motcua.core.ledger.statement import instance, public_key

    answer(options, {"key": public_key().hex(), "algorithm": "Ed25519", "instance": instance()})
    return 0


def _verify(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.site.checking import verified, verified_reads

    report = verified(now(), state=options.state)
    reads = verified_reads(now(), state=options.state)
    if options.json:
        print(as_json({**report.as_json(), "access_log": reads.as_json()}))
    else:
        _print(report)
        print("\nNhật ký truy cập / The access log")
        _print(reads)
    return 0 if report.ok and reads.ok else 1


def _print(report: Report) -> None:
    print(
        f"{report.entries} bút toán, {report.streams} chuỗi, {report.seals} niêm phong"
        f" / {report.entries} entries, {report.streams} streams, {report.seals} seals"
    )
    _print_window(report)
    for one in report.findings:
        where = "" if one.stream is None else f" #{one.stream}" + (f":{one.seq}" if one.seq else "")
        print(f"[{one.code}]{where} {one.vi} / {one.en}")
    if report.found > len(report.findings):
        more = report.found - len(report.findings)
        print(f"… và {more} chỗ nữa / and {more} more")
    if report.ok:
        print("Không có gì sai. / Nothing is wrong.")
    else:
        print(f"SAI {report.found} chỗ. / {report.found} things are WRONG.")


def _print_window(report: Report) -> None:
    if report.witnessed is None:
        print("Chưa niêm phong nào có nơi làm chứng. / No seal has a witness yet.")
    else:
        number = report.witnessed
        print(f"Có nơi làm chứng đến niêm phong {number}. / Witnessed up to seal {number}.")
    for first, last in report.lost:
        print(
            f"Niêm phong {first}–{last} đã mất theo một lần phục hồi từ bản sao lưu."
            f" / Seals {first}–{last} were lost with a restore from a backup."
        )
    if report.unwitnessed:
        count, seconds = report.unwitnessed, report.unwitnessed_seconds
        print(
            f"{count} niêm phong chưa có nơi làm chứng, lâu nhất {seconds} giây."
            f" / {count} seals without a witness, the oldest for {seconds} s."
        )
    if report.unsealed:
        print(
            f"{report.unsealed} bút toán chưa niêm phong, lâu nhất {report.unsealed_seconds} giây."
            f" / {report.unsealed} entries unsealed, the oldest for {report.unsealed_seconds} s."
        )
