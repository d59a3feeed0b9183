"""What is said of a face model that the user brought."""

from console import texts
from console.voice import Voice
from vision.face_model import NOT_STATED, FaceModel


def face_model_line(model: FaceModel, voice: Voice) -> str:
    """One line: its name, file, licence, source and the beginning of its sha256."""
    licence, source = (
        voice(texts.NOT_STATED) if said == NOT_STATED else said for said in (model.licence, model.source)
    )
    return voice(
        texts.FACE_MODEL,
        name=model.name,
        file=model.path.name,
        licence=licence,
        source=source,
        sha256=model.sha256[:12],
    )
