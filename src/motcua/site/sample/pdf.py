"""A one-page PDF for a made-up paper, small enough to be written by hand (ISO 32000-1, 7.5)."""

from __future__ import annotations

from motcua.kernel.vietnamese import fold


def page(title: str) -> bytes:
    """Give a PDF that shows a title (without marks) and says that it is a sample."""
    words = fold(title).upper()[:60].encode("ascii", "ignore")
    shown = words.replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    text = b"BT /F1 14 Tf 60 770 Td (%s) Tj 0 -24 Td (MOTCUA SAMPLE) Tj ET" % shown
    return _assemble(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _assemble(*objects: bytes) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(body))
    )
