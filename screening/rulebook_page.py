"""A rulebook as a page for people: every line of its file with its sources, in Indonesian and English."""

from collections.abc import Iterator

from screening.element_keys import ELEMENTS
from screening.rulebook import Pose, Rulebook
from screening.sources import Period, Source
from screening.words import day


def rulebook_page(rulebook: Rulebook) -> str:
    """Markdown: what it rests on, periods, stages, rules with their elements, poses, and every source."""
    return "\n".join([*_head(rulebook), *_stages(rulebook), *_rules(rulebook), *_poses(rulebook), *_sources(rulebook)])


def _head(rulebook: Rulebook) -> Iterator[str]:
    yield f"## `{rulebook.label}`: {rulebook.name_id} / {rulebook.name_en}\n"
    yield f"- dasar / legal basis: {_named(rulebook.legal_basis)}"
    yield f"- diperiksa sampai / looked at until: {day(rulebook.as_of, 'id')}"
    yield f"- berlaku / holds: {_period(rulebook.period)}"
    yield f"- pengecualian suami atau istri calon / exception for spouses: {_period(rulebook.spouse_exception)}\n"


def _stages(rulebook: Rulebook) -> Iterator[str]:
    yield "| tahap / stage | mulai / begins | sumber / sources |\n| --- | --- | --- |"
    for stage in rulebook.stages:
        begins = ", ".join(f"`{begin}`" for begin in stage.begins) or "-"
        yield f"| `{stage.id}`: {stage.name_id} / {stage.name_en} | {begins} | {_keys(stage.sources)} |"
    yield ""


def _rules(rulebook: Rulebook) -> Iterator[str]:
    for rule in rulebook.rules:
        yield f"**`{rule.category.value}`** (`{rulebook.id}/{rule.id}`)\n"
        yield f"- {rule.text_id} / {rule.text_en}"
        if rule.stages:
            yield f"- tahap / stages: {', '.join(f'`{stage}`' for stage in rule.stages)}"
        if rule.period.sources:
            yield f"- berlaku / holds: {_period(rule.period)}"
        yield f"- unsur / elements: {', '.join(f'`{key}`' for key in rule.elements)}"
        yield f"- sumber / sources: {_keys(rule.sources)}\n"
    yield "| unsur / element | | sumber / sources |\n| --- | --- | --- |"
    for line in rulebook.elements:
        yield f"| `{line.key}` | {' / '.join(ELEMENTS[line.key])} | {_keys(line.sources)} |"
    yield ""


def _poses(rulebook: Rulebook) -> Iterator[str]:
    if not (rulebook.forbidden or rulebook.allowed):
        return
    yield "| pose | label | | sumber / sources |\n| --- | --- | --- | --- |"
    for title, poses in (("terlarang / forbidden", rulebook.forbidden), ("boleh / allowed", rulebook.allowed)):
        for pose in poses:
            yield f"| {pose.name} | {_label(pose)} | {title} | {_keys(pose.sources)} |"
    yield ""


def _sources(rulebook: Rulebook) -> Iterator[str]:
    for source in rulebook.sources:
        kind = "turunan / secondary" if source.secondary else "asli / the text itself"
        address = f" <{source.address}>" if source.address else ""
        note = f" {source.note}" if source.note else ""
        yield f"- `{source.key}` ({kind}): {source.title}.{address}{note}"
    yield ""


def _label(pose: Pose) -> str:
    pairs = [f"`{one}` + `{other}`" for one, other in pose.two_hands]
    return ", ".join(pairs) or (f"`{pose.symbol}`" if pose.symbol else "-")


def _period(period: Period) -> str:
    if not period.sources:
        return "-"
    first = "".join(f"sejak / from {day(one, 'id')}" for one in period.first)
    last = "".join(f"sampai / to {day(one, 'id')}" for one in period.last)
    return f"{' '.join(part for part in (first, last) if part) or '-'} ({_keys(period.sources)})"


def _named(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"{source.title} (`{source.key}`)" for source in sources)


def _keys(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"`{source.key}`" for source in sources)
