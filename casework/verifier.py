"""Memeriksa keutuhan sebuah ekspor netra / checks that an export of netra is whole.

    python verifier.py FOLDER [--checkpoint BERKAS]

Hanya perlu Python 3.9 atau lebih baru / needs nothing but Python 3.9 or later. Kode keluar / exit code: 0 utuh / whole;
1 rusak atau berubah / damaged or changed; 2 salah pakai / wrong use.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MANIFEST, TAGS = "manifest-sha512.txt", "tagmanifest-sha512.txt"  # BagIt, RFC 8493
AUDIT = "data/audit/"
LOG, HASHES, NOTE, KEY = (AUDIT + name for name in ("log.jsonl", "hashes.txt", "checkpoint.txt", "public-key.txt"))
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519: RFC 8032, 5.1
D = -121665 * pow(121666, -1, P) % P


def _add(p: Any, q: Any) -> Any:  # points in extended coordinates: 5.1.4
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def _times(factor: int, p: Any) -> Any:
    rest = _times(factor // 2, _add(p, p)) if factor else (0, 1, 1, 0)
    return _add(rest, p) if factor % 2 else rest


def _point(data: bytes) -> Any:  # 5.1.3; None where the bytes are no point
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    x = x if x % 2 == sign else P - x
    return (x, y, 1, x * y % P) if len(data) == 32 and y < P and x < P and x * x % P == square else None


def signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature (64 bytes) of a text is by a public key (32 bytes): RFC 8032, 5.1.7."""
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or len(signature) != 64:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    p, q = _times(s, _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))), _add(r, _times(digest, a))
    return bool((p[0] * q[2] - q[0] * p[2]) % P == 0 == (p[1] * q[2] - q[1] * p[2]) % P)


def _root(level: list[bytes]) -> bytes:  # RFC 9162, 2.1.1
    while len(level) > 1:
        pairs = (level[i : i + 2] for i in range(0, len(level), 2))
        level = [hashlib.sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0] if level else hashlib.sha256().digest()


class Check:
    """Checks files by name and by what reads one (or None); each damage in ``found``: place, Indonesian, English."""

    def __init__(self, names: Iterable[str], read: Callable[[str], bytes | None], outside: bytes | None = None) -> None:
        self.found: list[tuple[str, ...]] = []
        self.bad: Callable[..., None] = lambda *damage: self.found.append(damage)
        self.names, self.read = {*names, MANIFEST, TAGS, "bagit.txt", "bag-info.txt", LOG, HASHES, NOTE, KEY}, read
        self._files()
        self._log(outside)

    def _rows(self, name: str) -> list[tuple[str, bytes]]:
        lines = (self.read(name) or b"").split(b"\n")
        return [(f"{name}:{number}", line) for number, line in enumerate(lines, 1) if line or number < len(lines)]

    def _files(self) -> None:
        listed: dict[str, tuple[str, str]] = {}
        self.payload, octets, count = hashlib.sha512(), 0, 0
        for manifest in (MANIFEST, TAGS):
            for place, line in self._rows(manifest):
                match = re.fullmatch(rb"([0-9a-f]{128})  ([^\r\n]+)", line)
                name = match[2].decode("utf-8", "surrogateescape") if match else TAGS
                if not match or name in {*listed, TAGS} or name.startswith("data/") != (manifest == MANIFEST):
                    self.bad(place, "baris salah bentuk atau ganda", "a malformed or doubled line")
                else:
                    listed[name] = (match[1].decode(), place)
        for name in sorted({*self.names, *listed}):
            data, (expected, place) = self.read(name), listed.get(name, ("", "manifes: berkas tambahan / extra file"))
            actual = hashlib.sha512(data or b"").hexdigest()
            if data is None:
                where = f" ({place})" if expected else ""
                self.bad(name, f"hilang, tautan, atau tak terbaca{where}", f"is missing, a link or unreadable{where}")
            elif name != TAGS and actual != expected:
                self.bad(name, f"isinya tidak seperti di {place}", f"its content is not as in {place}")
            if name.startswith("data/"):
                octets, count = octets + len(data or b""), count + (data is not None)
                line = f"{actual}  {name}\n".encode("utf-8", "surrogateescape")
                self.payload.update(b"" if name.startswith(AUDIT) else line)
        if b"\nPayload-Oxum: %d.%d\n" % (octets, count) not in b"\n" + (self.read("bag-info.txt") or b""):
            self.bad("bag-info.txt", "Payload-Oxum tidak cocok", "Payload-Oxum does not match the files")

    def _opened(self, place: str, data: bytes | None, key: tuple[bytes, ...]) -> tuple[int, bytes]:
        pattern = rb"\A(([^\n]+)\n(0|[1-9]\d{0,17})\n([^\n]{44})\n)\n((?:\xe2\x80\x94 [^ \n]+ [^ \n]+\n)+)\Z"
        try:  # C2SP tlog-checkpoint
            ((text, origin, size, root, lines),) = re.findall(pattern, data or b"")
            opened = int(size), base64.b64decode(root, validate=True)
            signers = [(line.split(b" ")[1], base64.b64decode(line.split(b" ")[2])) for line in lines.split(b"\n")[:-1]]
        except ValueError:
            self.bad(place, "bukan checkpoint yang benar bentuknya", "is no well-formed checkpoint")
            return -1, b""
        ours = [each[4:] for name, each in signers if (name, each[:4]) == key[:2]]
        if origin != key[0] or not ours or not all(signed(key[2], text, each) for each in ours):
            self.bad(place, "tidak ditandatangani kunci log audit ini", "is not signed by this audit log's key")
        return opened

    def _log(self, outside: bytes | None) -> None:  # noqa: PLR0912 - one way through the log
        pattern = rb"\A([^+\s]+)\+([0-9a-f]{8})\+(A[Q-Za-f][A-Za-z0-9+/]{42})\n\Z"  # C2SP signed-note
        name, number, coded = (re.findall(pattern, self.read(KEY) or b"") or [(b"", b"", b"")])[0]
        key = name, hashlib.sha256(name + b"\n" + base64.b64decode(coded)).digest()[:4], base64.b64decode(coded)[1:]
        if key[1].hex().encode() != number:
            self.bad(KEY, "kunci publik rusak", "the public key is damaged")
        leaves = []
        for place, line in self._rows(HASHES):
            leaves.append(bytes.fromhex(line.decode()) if re.fullmatch(rb"[0-9a-f]{64}", line) else b"")
            if not leaves[-1]:
                self.bad(place, "bukan sidik SHA-256", "is no SHA-256 hash")
        size, root = self._opened(NOTE, self.read(NOTE), key)
        if size != len(leaves) or _root(leaves) != root:
            self.bad(HASHES, f"tidak cocok dengan {NOTE}", f"does not match {NOTE}")
        shown: dict[int, tuple[bytes, str]] = {}
        last, entry = -1, {}
        for place, line in self._rows(LOG):
            try:
                entry = json.loads(line.decode())
                seq = entry["seq"] if type(entry["seq"]) is int else -1
            except (ValueError, TypeError, KeyError, RecursionError):
                entry, seq = {}, -1
            if not last < seq < len(leaves):
                self.bad(place, f"bukan catatan {last + 1} atau sesudahnya", f"is not entry {last + 1} or a later one")
                continue
            last, shown[seq] = seq, (hashlib.sha256(b"\0" + line).digest(), place)
        entries_right = _root([shown[seq][0] if seq in shown else leaf for seq, leaf in enumerate(leaves)]) == root
        for seq, (hashed, place) in shown.items():
            if hashed != leaves[seq]:
                where = f"{HASHES}:{seq + 1}" if entries_right else place
                self.bad(where, f"catatan {seq} tidak cocok dengan sidiknya", f"entry {seq} does not match its hash")
        told = entry.get("detail") if last == len(leaves) - 1 and entry.get("action") == "export" else None
        missing = [seq for seq in range(len(leaves)) if seq not in shown]
        if isinstance(told, dict) and "payload_sha512" in told:  # the log says what was exported
            if (told["payload_sha512"], told.get("entries_shown")) != (self.payload.hexdigest(), len(shown)):
                self.bad(MANIFEST, "bukan isi yang dicatat saat ekspor", "is not what the log says was exported")
        elif missing:
            text = f"{len(missing)}: {missing[:20]}"
            self.bad(f"{LOG}:{missing[0] + 1}", f"catatan yang hilang {text}", f"missing entries {text}")
        self.done = f"{len(self.names)} berkas / files, {len(shown)} dari / of {len(leaves)} catatan / log entries"
        old, old_root = self._opened("--checkpoint", outside, key) if outside is not None else (0, _root([]))
        if old > len(leaves):
            text = f"{len(leaves)} < {old}: ekor log hilang, atau ekspor lebih tua"
            self.bad("--checkpoint", text, "the log's tail is missing, or the export is older")
        elif old >= 0 and _root(leaves[:old]) != old_root:
            self.bad("--checkpoint", f"{old} catatan pertama bukan yang dulu", f"not the first {old} entries of then")


def main(arguments: list[str] | None = None) -> int:
    """Check the folder that the command line names; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--checkpoint", type=Path, help="yang disimpan di tempat lain / one kept elsewhere")
    asked = parser.parse_args(arguments)
    try:
        outside = asked.checkpoint.read_bytes() if asked.checkpoint else None
        found = [path for path in asked.folder.rglob("*") if path.is_symlink() or not path.is_dir()]
        next(asked.folder.iterdir())
    except (OSError, StopIteration) as error:
        parser.error(f"tidak terbaca / cannot be read: {error}")
    files = {path.relative_to(asked.folder).as_posix(): path for path in found}

    def read(name: str) -> bytes | None:
        try:
            return files[name].read_bytes() if files[name].is_file() and not files[name].is_symlink() else None
        except (KeyError, OSError):
            return None

    check = Check(files, read, outside)
    for place, indonesian, english in check.found:
        sys.stdout.write(f"RUSAK / DAMAGED  {ascii(place)[1:-1]}\n  {indonesian} / {english}\n")
    sys.stdout.write(f"{'RUSAK / DAMAGED' if check.found else 'UTUH / WHOLE'}: {check.done}\n")
    if outside is None:
        sys.stdout.write("Tanpa --checkpoint ekor yang dipotong tak terlihat / without it no cut-off tail is seen\n")
    return 1 if check.found else 0


if __name__ == "__main__":
    sys.exit(main())
