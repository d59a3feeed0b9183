"""Words for roles and actions of the log."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.audit import Action
from casework.roles import Role
from review.language import marked

ROLES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.REVIEWER: marked("Peninjau"),
        Role.ENROLLER: marked("Pengelola rujukan"),
        Role.SUPERVISOR: marked("Penyelia"),
        Role.AUDITOR: marked("Auditor"),
    }
)
ROLES_TOLD: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.REVIEWER: marked("melihat temuan dan memutuskan"),
        Role.ENROLLER: marked("merawat foto rujukan calon"),
        Role.SUPERVISOR: marked("mengurus akun, perkara, dan mutu; tidak memutuskan"),
        Role.AUDITOR: marked("membaca semuanya, tidak mengubah apa pun"),
    }
)
ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Action.RUN_START: marked("pemindaian dimulai"),
        Action.RUN_FINISH: marked("pemindaian selesai"),
        Action.RUN_INTERRUPT: marked("pemindaian terputus"),
        Action.DECISION: marked("keputusan"),
        Action.DECISION_UNDO: marked("keputusan ditarik"),
        Action.CASE_OPEN: marked("perkara dibuka"),
        Action.CASE_SET: marked("perkara diubah"),
        Action.CASE_ADD: marked("temuan masuk perkara"),
        Action.CASE_REMOVE: marked("temuan keluar dari perkara"),
        Action.CASE_CLOSE: marked("perkara ditutup"),
        Action.CASE_HOLD: marked("penahanan penghapusan"),
        Action.CASE_VIEW: marked("perkara dilihat"),
        Action.LOOK: marked("tinjauan pertama dibuka"),
        Action.REVIEW_ASK: marked("pendapat ketiga diminta"),
        Action.LOOK_ANSWER: marked("tinjauan pertama dijawab"),
        Action.MARK_ADD: marked("tanda ditambahkan"),
        Action.MARK_REMOVE: marked("tanda dihapus"),
        Action.REFERENCE_ADD: marked("foto rujukan ditambahkan"),
        Action.DENIED: marked("ditolak oleh halaman ini"),
        Action.RETENTION_FILE: marked("berkas dihapus pada akhir masa simpan"),
        Action.RETENTION_DELETE: marked("data dihapus pada akhir masa simpan"),
        Action.RETENTION_PURGE: marked("sisa data dihapus"),
        Action.SUBJECT_REPORT: marked("laporan untuk subjek data"),
        Action.EXPORT: marked("paket bukti ditulis"),
        Action.VERIFY: marked("pemeriksaan keutuhan"),
        Action.CHECKPOINT: marked("titik periksa log"),
        Action.FACE_VIEW: marked("wajah dilihat"),
        Action.SEARCH: marked("pencarian"),
        Action.LOGIN: marked("masuk"),
        Action.LOGIN_FAIL: marked("gagal masuk"),
        Action.LOGOUT: marked("keluar"),
        Action.ACCOUNT_ADD: marked("akun dibuat"),
        Action.ACCOUNT_SET: marked("akun diubah"),
        Action.ACCOUNT_REMOVE: marked("akun dinonaktifkan"),
        Action.SETTING_SET: marked("setelan diubah"),
    }
)
"""What stands for each action of the log; ``tests/review/test_log.py`` asks for every one."""
