"""Other views of the same findings: a table for a spreadsheet, COCO for annotation tools, XMP for photo programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from casework.export.dossier import Dossier, ElectionRow, FindingRow
from casework.export.plain import one_line
from casework.export.rows import csv_bytes, pretty_json
from netra.symbols import SYMBOLS

FINDING_COLUMNS: Final = (
    "temuan", "foto_sha256", "berkas_asli", "berkas_kerja", "kategori", "kekuatan", "nomor_urut", "calon", "simbol",
    "keadaan", "keputusan", "masih_berlaku", "berubah", "kemiripan", "nilai_e", "unsur_belum_jelas", "aturan", "alasan",
)  # fmt: skip
KEYPOINTS: Final = (
    "wrist",
    *(f"{finger}_{joint}" for finger in ("thumb", "index", "middle", "ring", "little") for joint in range(1, 5)),
)


def finding_table(dossier: Dossier, files: Mapping[str, Mapping[str, str]]) -> bytes:
    """``temuan.csv``: one finding a row."""
    rows = [_finding(one, dossier, files.get(one.sha256, {})) for one in dossier.findings]
    return csv_bytes(FINDING_COLUMNS, rows)


def _finding(one: FindingRow, dossier: Dossier, files: Mapping[str, str]) -> tuple[object, ...]:
    detail = one.detail
    seen = best_sightings(one)
    names = [dossier.election.name_of(candidate) for candidate in detail.get("candidates") or ()]
    unclear = [each.get("key", "") for each in detail.get("elements") or () if each.get("state") != "shown"]
    return (
        one.number,
        one.sha256,
        files.get("original", ""),
        files.get("working_copy", ""),
        one.category,
        one.strength,
        one.ticket or "",
        "; ".join(names),
        "; ".join(detail.get("symbols") or ()),
        one.state,
        "; ".join(f"{each.round}: {each.decision}" for each in one.standing),
        one.current,
        one.changed,
        "; ".join(f"{sighting['similarity']:.2f}" for _, sighting in seen),
        "; ".join("" if sighting.get("e_value") is None else str(sighting["e_value"]) for _, sighting in seen),
        "; ".join(unclear),
        detail.get("rule", ""),
        detail.get("reason_id", ""),
    )


def best_sightings(one: FindingRow) -> list[tuple[int, dict[str, Any]]]:
    """For each candidate of a finding the most alike face of its photo: number of the person, sighting."""
    people = json.loads(one.record).get("people") or () if one.record else ()
    found = []
    for candidate in one.detail.get("candidates") or ():
        alike = [
            (person["id"], person["sighting"])
            for person in people
            if person.get("sighting") and person["sighting"].get("candidate") == candidate
        ]
        found += sorted(alike, key=lambda pair: -pair[1].get("similarity", 0))[:1]
    return found


def coco(dossier: Dossier, files: Mapping[str, Mapping[str, str]]) -> bytes:
    """``coco.json``: boxes of faces and hands, 21 keypoints a hand; bystanders are faces without a name."""
    labels = [f"hand:{label}" for label in SYMBOLS]
    candidates = sorted({one.id for one in dossier.election.candidates})
    names = ["face", *(f"candidate:{one}" for one in candidates), "hand", *labels]
    ids = {name: number for number, name in enumerate(names, 1)}
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, (sha256, record) in enumerate(_records(dossier), 1):
        where = files.get(sha256, {})
        images.append(
            {
                "id": number,
                "file_name": where.get("original") or record.get("path", ""),
                "width": record.get("width", 0),
                "height": record.get("height", 0),
                "sha256": sha256,
            }
        )
        for each in _annotations(record, ids):
            annotations.append({"id": len(annotations) + 1, "image_id": number, "iscrowd": 0} | each)
    return pretty_json(
        {
            "info": {"description": "netra: faces and hands of photos with a finding; upright photos, pixels"},
            "images": images,
            "categories": [_category(name, ids[name]) for name in names],
            "annotations": annotations,
        }
    )


def _category(name: str, number: int) -> dict[str, Any]:
    plain = {"id": number, "name": name, "supercategory": name.partition(":")[0]}
    return plain | ({"keypoints": list(KEYPOINTS)} if name.startswith("hand") else {})


def _records(dossier: Dossier) -> Iterator[tuple[str, dict[str, Any]]]:
    """The latest record of each photo, in the photos' order."""
    latest = {one.sha256: one.record for one in sorted(dossier.findings, key=lambda one: one.run) if one.record}
    for photo in dossier.photos:
        if photo.sha256 in latest:
            yield photo.sha256, json.loads(latest[photo.sha256])


def _annotations(record: Mapping[str, Any], ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for person in record.get("people") or ():
        box, sighting = person["face"]["box"], person.get("sighting")
        known = f"candidate:{sighting['candidate']}" if sighting else "face"
        score = {"score": sighting["similarity"]} if sighting else {}
        yield {"category_id": ids.get(known, ids["face"]), "bbox": box, "area": _area(box)} | score
    for hand in record.get("hands") or ():
        name = f"hand:{hand['symbol']}" if hand.get("symbol") else "hand"
        points = [value for x, y in hand.get("keypoints") or () for value in (x, y, 2)]
        score = {"score": hand["confidence"]} if hand.get("confidence") is not None else {}
        box = hand["box"]
        yield {
            "category_id": ids.get(name, ids["hand"]),
            "bbox": box,
            "area": _area(box),
            "keypoints": points,
            "num_keypoints": len(points) // 3,
        } | score


def _area(box: Sequence[float]) -> float:
    return round(box[2] * box[3], 1)


def xmp_of(record: Mapping[str, Any], election: ElectionRow, size_wh: tuple[int, int]) -> bytes:
    """An XMP sidecar for a working copy: regions of the Metadata Working Group (MWG guidelines 2.0, section 5.9).

    Candidates have their names, bystanders' faces none; a hand with a symbol is a region of the type ``Focus``, which
    photo programs do not take for a person. Areas are shares of the picture, measured to their middle.

    Args:
        record: ``netra.photo/1``.
        election: for the candidates' names.
        size_wh: pixels of the working copy.
    """
    width, height = record.get("width") or 0, record.get("height") or 0
    regions = list(_regions(record, election)) if width and height else []
    items = "\n".join(_region(kind, name, box, width, height) for kind, name, box in regions)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="{size_wh[0]}" stDim:h="{size_wh[1]}" stDim:unit="pixel"/>
    <mwg-rs:RegionList>
     <rdf:Bag>
{items}
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
""".encode()


def _regions(record: Mapping[str, Any], election: ElectionRow) -> Iterator[tuple[str, str, Sequence[float]]]:
    for person in record.get("people") or ():
        sighting = person.get("sighting")
        yield "Face", election.name_of(sighting["candidate"]) if sighting else "", person["face"]["box"]
    for hand in record.get("hands") or ():
        if label := hand.get("symbol"):
            yield "Focus", SYMBOLS[label].indonesian if label in SYMBOLS else label, hand["box"]


def _region(kind: str, name: str, box: Sequence[float], width: int, height: int) -> str:
    x0, y0 = max(0.0, box[0]), max(0.0, box[1])
    x1, y1 = min(float(width), box[0] + box[2]), min(float(height), box[1] + box[3])
    shares = ((x0 + x1) / 2 / width, (y0 + y1) / 2 / height, max(0.0, x1 - x0) / width, max(0.0, y1 - y0) / height)
    area = " ".join(f'stArea:{key}="{share:.6f}"' for key, share in zip("xywh", shares, strict=True))
    named = f" mwg-rs:Name={quoteattr(one_line(name, 200))}" if name else ""
    return f"""      <rdf:li>
       <rdf:Description mwg-rs:Type="{kind}"{named}>
        <mwg-rs:Area {area} stArea:unit="normalized"/>
       </rdf:Description>
      </rdf:li>"""
