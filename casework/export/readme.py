"""``BACA-SAYA.txt``: how a stranger reads and checks a package with nothing but Python."""

from typing import Final

_TEXT: Final = """\
PAKET BUKTI netra: CARA MEMBACA DAN MEMERIKSA

Isi
  data/{paper:<22} {paper_said}
  data/foto/asli/            foto asli, tidak diubah: nama baru dari sidik SHA-256, isi dan waktu berkas tetap
  data/foto/kerja/           salinan kerja: wajah orang lain disamarkan, calon dan tangan ditandai; potongannya
  data/foto/rujukan/         foto rujukan calon, bila disertakan
  data/temuan.jsonl          temuan dengan unsur aturan, satu tiap baris
  data/catatan-foto.jsonl    catatan tiap foto (skema netra.photo/1), persis seperti ditulis saat pemindaian
  data/keputusan.jsonl       semua keputusan penilai, juga yang ditarik kembali
  data/tanda.jsonl           yang dilihat penilai di foto dan terlewat oleh netra, juga yang dihapus lagi
  data/unggahan.csv          berkas mana saja yang memuat foto itu, termasuk salinan yang mirip
  data/penguasaan.csv        siapa melakukan apa, kapan, menurut log audit
  data/model/                model, pengaturan, angka galat, dan yang belum diukur
  data/tampilan/             tabel (CSV), COCO, dan XMP; XMP untuk salinan kerja: taruh di sampingnya
  data/audit/                log audit: yang menyangkut paket ini, sidik semua catatan, checkpoint, kunci publik
  data/periksa/              berkas ini dan pemeriksanya
{missing}
Memeriksa keutuhan
  1. Pasang Python 3.9 atau lebih baru dari python.org; tidak perlu yang lain.
  2. Buka terminal di folder tempat paket ini berada, lalu ketik (ganti PAKET dengan nama foldernya):

         python PAKET/data/periksa/periksa.py PAKET

  3. "UTUH" berarti setiap berkas sama dengan manifesnya dan log audit cocok dengan checkpoint yang ditandatangani.
     "RUSAK" menyebut berkas mana yang berubah, hilang, atau ditambahkan.

  Pemeriksa di dalam paket dapat ikut diganti oleh orang yang mengubah paket. Bila ragu, pakai salinannya dari netra
  (casework/verifier.py), atau pemeriksa BagIt lain (RFC 8493) untuk manifesnya.

Memeriksa bahwa tidak ada yang dipotong
  Minta checkpoint yang disimpan pihak lain (kantor kedua, surat, foto cetakan), simpan sebagai berkas, lalu:

         python PAKET/data/periksa/periksa.py PAKET --checkpoint BERKAS

  Tanpa checkpoint dari luar, log yang dipotong di ujungnya atau dikembalikan ke keadaan lama tidak dapat diketahui.

Yang harus diingat
  netra menunjuk, manusia memutuskan. Kemiripan dan simbol yang dibaca mesin bukan bukti yang berdiri sendiri. Batas
  metode dan angka galatnya ada dalam data/model/kartu-model.txt.

----------------------------------------------------------------------------------------------------------------------
In English: this is a BagIt bag (RFC 8493). "python PAKET/data/periksa/periksa.py PAKET" checks it with Python 3.9 or
later alone; "UTUH / WHOLE" means that every file is as its manifest says and that the audit log matches its signed
checkpoint. Give --checkpoint FILE with one kept elsewhere to see a log that was cut or rolled back.
"""
_MISSING: Final = """
PERHATIAN: {count} foto asli tidak ada dalam paket ini, karena hilang atau berubah ketika diekspor; lihat halaman
pertama PDF dan kolom berkas_asli dalam data/tampilan/temuan.csv.
"""


def readme_text(is_case: bool, missing: int) -> bytes:
    """The file.

    Args:
        is_case: a case, not a run.
        missing: how many originals the package lacks.
    """
    paper = ("kasus.pdf", "berkas perkara: mulailah di sini") if is_case else ("temuan.pdf", "semua temuan di kertas")
    said = _MISSING.format(count=missing) if missing else ""
    return _TEXT.format(paper=paper[0], paper_said=paper[1], missing=said).encode()
