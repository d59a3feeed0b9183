"""``netra findings``: its arguments. What it does is imported when it runs."""

import click

from console import options
from console.help_pages import Help, example
from console.session import Session


@click.command(
    "findings",
    cls=Help,
    short_help="Daftar temuan dalam basis data kasus.",
    epilog=example(
        'netra findings --db kasus.db --strength strong --agency "Dinas Kesehatan"',
        "lists the findings of a case database, the strongest first; with --jsonl one JSON object a line.",
    ),
)
@options.DB
@click.option("--election-id", default="", metavar="ID", help="Hanya pemilihan ini.")
@click.option("--strength", type=click.Choice(("strong", "medium", "weak")), default=None, help="Sekuat ini saja.")
@click.option("--candidate", default="", metavar="ID", help="Hanya calon ini.")
@click.option("--symbol", default="", metavar="SIMBOL", help="Hanya simbol ini.")
@click.option("--uploader", default="", metavar="ID", help="Hanya unggahan orang ini.")
@click.option("--agency", default="", metavar="INSTANSI", help="Hanya unggahan dari instansi ini.")
@click.option("--from", "posted_from", default="", metavar="TANGGAL", help="Diunggah sejak hari ini (TTTT-BB-HH).")
@click.option("--to", "posted_to", default="", metavar="TANGGAL", help="Diunggah sampai hari ini (TTTT-BB-HH).")
@click.option("--state", default="", metavar="STATUS", help="Hanya status ini: suggested, confirmed, rejected, ...")
@click.option("--changed", is_flag=True, help="Hanya yang berubah sejak diputuskan.")
@click.option("--all", "everything", is_flag=True, help="Juga yang tidak ditemukan lagi oleh pindaian terakhir.")
@click.option("--after", default="", metavar="TEMPAT", help="Lanjutkan setelah halaman sebelumnya.")
@click.option("--count", type=click.IntRange(1, 500), default=50, metavar="N", help="Banyaknya per halaman; bawaan 50.")
@click.option("--jsonl", is_flag=True, help="Satu objek JSON tiap baris, bukan tabel.")
@click.pass_obj
def findings(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    db: str,
    election_id: str,
    strength: str | None,
    candidate: str,
    symbol: str,
    uploader: str,
    agency: str,
    posted_from: str,
    posted_to: str,
    state: str,
    changed: bool,
    everything: bool,
    after: str,
    count: int,
    jsonl: bool,
) -> None:
    """Tampilkan temuan, yang terkuat dulu, per halaman. Saringan boleh digabung."""
    from casework.queries import Filter
    from console.findings_page import print_findings

    wanted = Filter(
        election=election_id,
        strength=strength or "",
        candidate=candidate,
        symbol=symbol,
        state=state,
        uploader=uploader,
        agency=agency,
        posted_from=posted_from,
        posted_to=posted_to,
        current=not everything,
        changed=changed,
    )
    print_findings(session.voice, db, wanted, after, count, jsonl=jsonl)
