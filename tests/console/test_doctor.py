"""The examination: what is right, what is missing, what it says of each."""

import io
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from console import doctor
from console.doctor import Line, Verdict, examine, free_memory_gib, print_examination
from console.voice import Voice
from netra.errors import ModelError
from vision.engine import weights

VOICE = Voice("en")
Seen = tuple[int, int, str]
Paper = Callable[[int], tuple[Console, io.StringIO]]


@pytest.fixture
def no_self_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_self_test", lambda *_: Line(Verdict.OK, "self-test"))


def test_this_installation_is_well(on_paper: Paper, tmp_path: Path) -> None:
    console, paper = on_paper(200)
    assert print_examination(console, VOICE, str(tmp_path / "cache")) == 0, paper.getvalue()
    text = paper.getvalue()
    for model in weights.ALL:
        assert Path(model.inside).name in text
    assert "self-test: faces and hands found and computed in a photo of the demo: 1 and 1 (" in text
    assert "All that is needed is there." in text
    assert "MISSING" not in text
    assert not list((tmp_path / "cache").iterdir())


@pytest.mark.usefixtures("no_self_test")
def test_a_missing_model_or_package_is_said_and_ends_with_1(
    on_paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing_model(_: weights.Weights) -> Path:
        raise ModelError("palm.tflite: cannot be read. Run the installation again.")

    def missing_package(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(weights, "find", missing_model)
    monkeypatch.setattr(doctor, "version", missing_package)
    console, paper = on_paper(200)
    assert print_examination(console, Voice("id"), str(tmp_path)) == 1
    assert "KURANG" in paper.getvalue()
    assert "openvino tidak terpasang" in paper.getvalue()
    assert "palm.tflite" in paper.getvalue()


@pytest.mark.usefixtures("no_self_test")
def test_a_cache_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    lines = list(examine(VOICE, tmp_path / "berkas" / "cache"))
    assert [line.verdict for line in lines if "cache folder" in line.text] == [Verdict.NOTICE]


@pytest.mark.parametrize(
    ("flags", "verdict"), [("fpu sse avx2", Verdict.OK), ("fpu sse", Verdict.MISSING), ("", Verdict.NOTICE)]
)
def test_the_processor_is_looked_at(flags: str, verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr(doctor, "_cpu_flags", lambda: frozenset(flags.split()))
    assert [line.verdict for line in doctor._machine(VOICE) if "AVX2" in line.text] == [verdict]


def test_little_memory_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_memory_gib", lambda: (0.2,))
    assert [line.verdict for line in doctor._machine(VOICE) if "memory" in line.text] == [Verdict.NOTICE]


def test_free_memory_is_read_where_linux_tells_it(tmp_path: Path) -> None:
    told = tmp_path / "meminfo"
    told.write_text("MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\n")
    assert free_memory_gib(told) == (4.0,)
    assert free_memory_gib(tmp_path / "none") == ()
    told.write_text("MemAvailable: many\n")
    assert free_memory_gib(told) == ()


def test_a_crash_of_the_networks_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dies:
        def __init__(self, count: int) -> None:
            assert count == 1

        def map(self, work: object, items: list[Path], died: Callable[[Path], Seen]) -> list[Seen]:
            return [died(item) for item in items]

        def close(self) -> None:
            pass

    monkeypatch.setattr(doctor, "WorkerProcesses", Dies)
    line = doctor._self_test(VOICE)
    assert line.verdict is Verdict.MISSING
    assert "its worker died" in line.text


def test_the_packages_are_those_that_the_installation_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names = doctor.packages_needed()
    assert {"openvino", "matplotlib", "setuptools", "face-recognition-models"} <= set(names)
    assert "pillow-heif" not in names, "an extra is not needed"
    lines = ["foo.bar-baz>=1,<2", "plain", "spaced (>1)", 'other[a]; python_version > "3"', 'x==1 ; extra == "heic"']
    monkeypatch.setattr(doctor, "requires", lambda _: lines)
    assert doctor.packages_needed() == ("foo.bar-baz", "plain", "spaced", "other")


def test_a_copy_that_was_never_installed_lacks_netra_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "requires", missing)
    monkeypatch.setattr(doctor, "version", missing)
    said = [line.text for line in doctor._versions(VOICE) if line.verdict is Verdict.MISSING]
    assert said == ["netra is not installed. Install netra again (make setup)."]


class Here:
    """In place of a process: the same work in this one."""

    def __init__(self, count: int) -> None:
        assert count == 1

    def map(self, work: Callable[[Path], Seen], items: list[Path], died: object) -> list[Seen]:
        return [work(item) for item in items]

    def close(self) -> None:
        pass


def test_a_self_test_that_sees_no_hand_says_what_it_saw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "WorkerProcesses", Here)
    Image.new("RGB", (64, 64)).save(tmp_path / "gelap.png")
    line = doctor._self_test(Voice("id"), photo=tmp_path / "gelap.png")
    assert line.verdict is Verdict.MISSING
    assert "gelap.png ditemukan 0 wajah dan 0 tangan, seharusnya" in line.text


def test_a_self_test_without_its_photo_says_so_in_the_users_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "WorkerProcesses", Here)
    line = doctor._self_test(Voice("id"), photo=tmp_path / "hilang.png")
    assert line.verdict is Verdict.MISSING
    assert line.text.startswith("uji diri gagal: Foto tidak dapat dibaca (")
