"""PAdES signatures of a document, by pyHanko: first its signer's, then its agency's.

Before anybody signs, the file gets two text fields for number and day and two empty fields for
signatures. The signer certifies everything but those fields. When the document is numbered, both
lines are filled in and the agency signs the whole, all as an update that leaves the bytes that
were signed before as they are. Where a time stamping authority is connected each signature bears
its stamp (PAdES B-T), else none (B-B). pyHanko is loaded when a signature is made or looked at.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from motcua.core.official.setting import Spot
from motcua.core.official.signing import Holder, Signatory, stamps

PERSONAL, AGENCY = "Chữ ký số cá nhân", "Chữ ký số cơ quan"
NUMBER, DAY = "Số, ký hiệu", "Địa danh, thời gian"
_PAGE_HEIGHT = 841.89
_RSA_BYTES = 512  # room for the largest key a service uses
_READ_ONLY_PRINTED = 4


def prepared(pdf: bytes, spots: Mapping[str, Spot], shown: Mapping[str, bytes]) -> bytes:
    """Add the fields that are filled in later; `shown` are their first looks, by spot."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for name, spot in ((NUMBER, spots["number"]), (DAY, spots["day"])):
        _add_text_field(writer, name, spot, shown[spot.name])
    for name, spot in ((PERSONAL, spots["signer"]), (AGENCY, seal_spot(spots["signer"]))):
        spec = fields.SigFieldSpec(name, on_page=spot.page - 1, box=_box(spot))
        fields.append_signature_field(writer, spec)
    return _written(writer)


def signed_by_person(
    pdf: bytes, holder: Holder, *, service: Signatory, look: bytes, at: datetime.datetime
) -> bytes:
    """Sign as the signer and allow nothing afterwards but to fill the fields and sign again."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    more = {"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS}
    return _signed(writer, PERSONAL, holder, service, look, at, more)


def signed_by_agency(
    pdf: bytes,
    holder: Holder,
    *,
    service: Signatory,
    looks: Mapping[str, bytes],
    lines: Mapping[str, str],
    at: datetime.datetime,
) -> bytes:
    """Fill in number and day (`lines` by field, `looks` also of `AGENCY`) and sign the whole."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    filled = IncrementalPdfFileWriter(BytesIO(pdf))
    for name, text in lines.items():
        _fill(filled, name, text, looks[name])
    writer = IncrementalPdfFileWriter(BytesIO(_written(filled)))
    return _signed(writer, AGENCY, holder, service, looks[AGENCY], at, {})


def sealed(
    pdf: bytes,
    holder: Holder,
    *,
    service: Signatory,
    spot: Spot,
    look: bytes,
    at: datetime.datetime,
) -> bytes:
    """Sign a file that nobody signs but the agency: a copy; nothing may be added afterwards."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields  # noqa: PLC0415
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415

    height = _height(pdf)
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    low = height - spot.y - spot.height
    box = (spot.x, low, spot.x + spot.width, low + spot.height)
    fields.append_signature_field(writer, fields.SigFieldSpec(AGENCY, on_page=0, box=box))
    writer = IncrementalPdfFileWriter(BytesIO(_written(writer)))
    more = {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES}
    return _signed(writer, AGENCY, holder, service, look, at, more)


def _height(pdf: bytes) -> float:
    """Give the height of the first page, in points."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    page = PdfFileReader(BytesIO(pdf)).find_page_for_modification(0)[0].get_object()
    while "/MediaBox" not in page:
        page = page["/Parent"]
    return float(page["/MediaBox"][3])


def seal_spot(signer: Spot) -> Spot:
    """Give the place of the seal: over a third of the signature, on its left (FORMS §4, box 8)."""
    size = 88.0
    x = signer.x + signer.width / 6 - size * 2 / 3
    return Spot("seal", signer.page, x, signer.y + (signer.height - size) / 2, size, size)


def places(pdf: bytes) -> dict[str, Spot]:
    """Give the size of each field of a prepared file, by name."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    fields = PdfFileReader(BytesIO(pdf)).root["/AcroForm"]["/Fields"]
    found = {}
    for one in (field.get_object() for field in fields):
        left, low, right, high = (float(edge) for edge in one["/Rect"])
        name = str(one["/T"])
        found[name] = Spot(name, 1, left, _PAGE_HEIGHT - high, right - left, high - low)
    return found


def _signed(
    writer: Any,  # noqa: ANN401 - pyHanko has no types
    field: str,
    holder: Holder,
    service: Signatory,
    look: bytes,
    at: datetime.datetime,
    more: Mapping[str, object],
) -> bytes:
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415

    class _Stating(signers.PdfSigner):  # type: ignore[misc] # pyHanko has no types
        """States the instant of the act, not that of the machine."""

        def init_signing_session(self, *args: object, **options: object) -> Any:  # noqa: ANN401
            """Begin to sign at the instant of the act."""
            session = super().init_signing_session(*args, **options)
            session.system_time = at
            return session

    told = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=holder.name,
        subfilter=SigSeedSubFilter.PADES,
        **more,
    )
    style = StaticStampStyle(background=_page(look), border_width=0)
    signer = _Stating(told, _signer(holder, service), stamp_style=style, timestamper=_stamper())
    out = signer.sign_pdf(writer, in_place=False)
    return bytes(out.getbuffer())


def _stamper() -> Any:  # noqa: ANN401 - pyHanko has no types
    """Give what asks the connected authority for a time stamp; None where there is none."""
    from asn1crypto import tsp  # noqa: PLC0415
    from pyhanko.sign.timestamps import TimeStamper  # noqa: PLC0415

    authority = stamps()
    if authority is None:
        return None
    stamp = authority.stamp

    class Asking(TimeStamper):  # type: ignore[misc] # pyHanko has no types
        """Asks the connected authority."""

        async def async_request_tsa_response(self, req: Any) -> Any:  # noqa: ANN401
            """Give the authority's answer to a request."""
            return tsp.TimeStampResp.load(stamp(req.dump()))

    return Asking()


def _signer(holder: Holder, service: Signatory) -> Any:  # noqa: ANN401 - pyHanko has no types
    from asn1crypto import x509  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    class Remote(signers.Signer):  # type: ignore[misc] # pyHanko has no types
        """Signs by the service."""

        async def async_sign_raw(
            self,
            data: bytes,
            digest_algorithm: str,  # noqa: ARG002 - always SHA-256
            dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's shape
        ) -> bytes:
            """Give the signature of some bytes."""
            if dry_run:
                return bytes(_RSA_BYTES)
            return service.sign(holder, hashlib.sha256(data).digest())

    first, *others = (x509.Certificate.load(one) for one in service.certificates(holder))
    return Remote(
        signing_cert=first,
        cert_registry=SimpleCertificateStore.from_certs(others),
        embed_roots=False,
    )


def _page(pdf: bytes) -> Any:  # noqa: ANN401 - pyHanko has no types
    """Give the first page of a PDF as the content of an appearance."""
    from pyhanko.pdf_utils.content import PdfContent  # noqa: PLC0415
    from pyhanko.pdf_utils.layout import BoxConstraints  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    class Page(PdfContent):  # type: ignore[misc] # pyHanko has no types
        """A page of another file."""

        def render(self) -> bytes:
            """Import the page and give the operator that draws it."""
            drawn = self.writer.import_page_as_xobject(PdfFileReader(BytesIO(pdf)))
            self.resources.xobject["/Page"] = drawn
            x1, y1, x2, y2 = drawn.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(x2 - x1), height=abs(y2 - y1))
            return b"/Page Do"

    return Page()


def _add_text_field(writer: Any, name: str, spot: Spot, look: bytes) -> None:  # noqa: ANN401
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    page = writer.find_page_for_modification(spot.page - 1)[0].get_object()
    drawn = writer.import_page_as_xobject(PdfFileReader(BytesIO(look)))
    key = generic.pdf_name
    field = generic.DictionaryObject(
        {
            key("/Type"): key("/Annot"),
            key("/Subtype"): key("/Widget"),
            key("/FT"): key("/Tx"),
            key("/T"): generic.TextStringObject(name),
            key("/TU"): generic.TextStringObject(name),
            key("/V"): generic.TextStringObject(""),
            key("/Ff"): generic.NumberObject(1),
            key("/F"): generic.NumberObject(_READ_ONLY_PRINTED),
            key("/Rect"): generic.ArrayObject(generic.FloatObject(one) for one in _box(spot)),
            key("/AP"): generic.DictionaryObject({key("/N"): drawn}),
        }
    )
    reference = writer.add_object(field)
    form = _form(writer)
    form["/Fields"].append(reference)
    writer.update_container(form)
    if "/Annots" not in page:
        page[key("/Annots")] = generic.ArrayObject()
    page["/Annots"].append(reference)
    writer.update_container(page["/Annots"])


def _form(writer: Any) -> Any:  # noqa: ANN401 - pyHanko has no types
    """Give the form of a file, making it where there is none."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415

    if "/AcroForm" not in writer.root:
        form = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
        writer.root[generic.pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    return writer.root["/AcroForm"]


def _fill(writer: Any, name: str, text: str, look: bytes) -> None:  # noqa: ANN401
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    fields = writer.root["/AcroForm"]["/Fields"]
    field = next(one.get_object() for one in fields if one.get_object()["/T"] == name)
    drawn = writer.import_page_as_xobject(PdfFileReader(BytesIO(look)))
    field[generic.pdf_name("/V")] = generic.TextStringObject(text)
    field[generic.pdf_name("/AP")] = generic.DictionaryObject({generic.pdf_name("/N"): drawn})
    writer.update_container(field)


def _box(spot: Spot) -> tuple[float, float, float, float]:
    """Give the rectangle of a spot as PDF has it: from the lower left corner of the page."""
    low = _PAGE_HEIGHT - spot.y - spot.height
    return (spot.x, low, spot.x + spot.width, low + spot.height)


def _written(writer: Any) -> bytes:  # noqa: ANN401 - pyHanko has no types
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
