"""What the page of case studies shows for each of its views, below its controls."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from cnnviz.lessons.drawing import foldable, shown_parts
from cnnviz.lessons.drawing_layout import Drawing, lay_out
from cnnviz.lessons.layer_table import Table
from cnnviz.lessons.studies_depth import KINDS, Block, depth_sheet, largest, three_blocks
from cnnviz.lessons.studies_story import moments, story_sheet
from cnnviz.lessons.studies_tables import network_table, published_sheet, results_sheet, variants_sheet
from cnnviz.lessons.studies_told import bars_of, most, outline
from cnnviz.lessons.tellings import tellings
from cnnviz.model.counting import Rules, lines
from cnnviz.model.graph import Graph
from cnnviz.presets.architectures import ARCHITECTURES, PublishedArchitecture
from cnnviz.presets.results import HUMAN, TABLES
from cnnviz.presets.studies import Study
from cnnviz.presets.study_setup import StudySetup
from cnnviz.ui import frame
from cnnviz.ui import studies_controls as choices
from cnnviz.ui.components import studies as parts
from cnnviz.ui.components.architecture import architecture
from cnnviz.ui.components.sentence import sentence_player
from cnnviz.ui.lesson import placed
from cnnviz.ui.prose import prose
from cnnviz.ui.studies_state import LESSON, PREFIX, worked

Colours = Mapping[str, Any]
MOST_DRAWN = 40  # layers of an open stage
ARROW = ":material/arrow_forward:"
ELSEWHERE = {  # pages that go on with a network: the parameter that names it, and what the link says
    "network_builder": ("nb_start", "Change this network in the builder"),
    "receptive_field": ("rf_architecture", "See its receptive fields on a picture"),
}


@lru_cache(maxsize=32)
def _drawn(graph: Graph, opened: str) -> Drawing:
    """Lay a network out once for as long as it is among the last ones shown."""
    return lay_out(shown_parts(graph, {opened}))


@lru_cache(maxsize=32)
def _tabled(graph: Graph, rules: Rules, opened: str) -> Table:
    """Write a table once for as long as it is among the last ones shown."""
    return network_table(graph, rules, {opened})


def drawing_of(setup: StudySetup) -> Drawing:
    """Draw the network that is shown, with its open stage unless that is too long for a picture."""
    graph = ARCHITECTURES[setup.architecture].graph
    stage = _stage_of(graph, setup.layer)
    short = sum(node.stage == stage for node in graph.nodes) <= MOST_DRAWN
    return _drawn(graph, stage if short else "")


def show_network(setup: StudySetup, themes: Colours) -> None:
    """Show the drawing and the table of a network, joined."""
    record = ARCHITECTURES[setup.architecture]
    opened = _stage_of(record.graph, setup.layer)
    st.markdown(outline(record, setup.rules))
    architecture(
        drawing_of(setup),
        _tabled(record.graph, setup.rules, opened),
        chosen=setup.layer,
        label=record.title,
        tall=True,
        themes=themes,
        present=frame.presenting(),
        keys=True,
        key=f"{PREFIX}network",
        on_choose=choices.choose_layer,
    )


def _stage_of(graph: Graph, layer: str) -> str:
    """Find the stage that a layer belongs to, or is."""
    stages = {stage for stage, _ in foldable(graph)}
    return layer if layer in stages else next((n.stage for n in graph.nodes if n.name == layer), "")


def show_layer(setup: StudySetup) -> None:
    """Tell the layer that was chosen, as formulas with its numbers."""
    graph = ARCHITECTURES[setup.architecture].graph
    found = [line for line in lines(graph, setup.rules) if line.node.name == setup.layer]
    for line in found:
        st.subheader(f"{line.node.name}, {line.node.layer.title}", anchor=False)
        for telling in tellings(line):
            if telling.filled:
                st.caption(telling.what.capitalize())
                st.markdown(rf"$\begin{{gathered}}{telling.filled}\end{{gathered}}$")


def tell_study(setup: StudySetup, study: Study, themes: Colours, series: Colours) -> None:
    """Say what was new, where parameters and work are, and where the literature disagrees."""
    record = ARCHITECTURES[setup.architecture]
    found = bars_of(record.graph, setup.rules)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.subheader("Where parameters and work are", anchor=False)
        names = ("Parameters", f"{setup.operations}s")
        parts.bars(found, names, key=f"{PREFIX}bars", themes=themes, series=series)
        st.markdown(most(found, setup.operations))
    with right:
        tell_new(study)
        if record.remark:
            st.markdown(record.remark)
        if record.result:
            st.markdown(f"**Result, quoted:** {record.result}.")
        st.caption(f"{record.paper}, {record.year}.")
    tell_errata(study)
    tell_variants(study, record, setup.rules, themes)


def tell_variants(study: Study, shown: PublishedArchitecture, rules: Rules, themes: Colours) -> None:
    """Compare the variants with each other, and with the counts that were published."""
    named = {label: ARCHITECTURES[title] for label, title in study.variants.values() if title}
    if len(named) > 1:
        st.subheader("Side by side", anchor=False)
        parts.table(variants_sheet(named, shown.title, rules), key=f"{PREFIX}variants", themes=themes)
    records = tuple(named.values())
    if any(record.published for record in records):
        st.subheader("Which count is which", anchor=False)
        parts.table(published_sheet(records, shown), key=f"{PREFIX}published", themes=themes)


def tell_new(study: Study) -> None:
    """Say what was new."""
    st.subheader("What was new", anchor=False)
    prose(study.new, key=f"{PREFIX}new")
    if study.remark:
        st.markdown(study.remark)


def tell_errata(study: Study) -> None:
    """Say where decks and papers print something else, beside what the scene says itself."""
    shown = LESSON.now()
    said = "" if shown.changed else shown.origin.erratum
    titles = [title for _, title in study.variants.values() if title]
    of_records = [text for title in titles for text in ARCHITECTURES[title].errata]
    notes = [text for text in dict.fromkeys((*of_records, *study.errata)) if text != said]
    if notes or study.tables:
        st.subheader("Where the literature disagrees" if notes else "Results", anchor=False)
    tell_notes(notes)
    if study.tables:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown("Quoted results:", width="content")
            for name in study.tables:
                choices.show_table(name)


def tell_notes(notes: list[str]) -> None:
    """Show what disagrees, in one box."""
    if notes:
        text = notes[0] if len(notes) == 1 else "\n".join(f"- {note}" for note in notes)
        st.info(text, icon=":material/history_edu:")


def show_blocks(themes: Colours) -> None:
    """Draw three blocks of each kind, one above the other."""
    for kind in KINDS:
        st.markdown(f"**{kind}:** three blocks of the net with 20 layers")
        architecture(
            _drawn(three_blocks(kind), ""),
            label=f"Three blocks, {kind.lower()}",
            themes=themes,
            key=f"{PREFIX}blocks_{kind.lower()}",
            on_choose=lambda _name: None,
        )


def lead_on(setup: StudySetup) -> None:
    """Lead to the pages that go on with this network, and to all lessons."""
    there = {page.address for page in frame.pages()}
    for address, (name, label) in ELSEWHERE.items():
        if setup.architecture and address in there:
            asked = {name: setup.architecture}
            st.page_link(f"pages/{address}.py", label=label, query_params=asked, icon=ARROW)
    st.page_link("pages/home.py", label="All lessons", icon=ARROW)


def show_sentence(setup: StudySetup, themes: Colours) -> None:
    """Show the worked sentence with its player."""
    at = placed(LESSON)
    LESSON.move_to(sentence_player(worked(setup.example), key=f"{PREFIX}sentence", themes=themes, **at))


def show_story(themes: Colours, series: Colours) -> None:
    """Show errors, depths and parameters over the years."""
    told = moments()
    parts.story(
        told,
        float(HUMAN),
        key=f"{PREFIX}story",
        themes=themes,
        series=series,
        present=frame.presenting(),
        on_pick=choices.open_study(told),
    )
    parts.table(story_sheet(), key=f"{PREFIX}years", themes=themes)


def show_results(setup: StudySetup, themes: Colours) -> None:
    """Show a table of quoted results and what there is to say about it."""
    table = TABLES[setup.variant]
    parts.table(results_sheet(table), key=f"{PREFIX}results", themes=themes, present=frame.presenting())
    shown = LESSON.now()
    if shown.changed or frame.presenting():
        st.caption(f"{table.source}.")
    told = "" if shown.changed else shown.origin.erratum
    tell_notes([note for note in table.notes if note != told])


def show_depth(setup: StudySetup, themes: Colours) -> None:
    """Show one block with and without the way past, and the nets of the experiment."""
    block = Block.of(setup.scale)
    parts.signals(block.signals, largest(), key=f"{PREFIX}block", themes=themes, present=frame.presenting())
    st.markdown(block.told(setup.scale))
    parts.table(depth_sheet(setup.rules), key=f"{PREFIX}nets", themes=themes)
    if not frame.presenting():
        show_blocks(themes)
