"""See what a filter does to a photo, and how every single pixel of the result was made."""

import streamlit as st

from cnnviz.figures import photo as pictures
from cnnviz.figures.photo_views import Development, develop, original
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import weights
from cnnviz.lessons.photo import Filtering
from cnnviz.presets.filters import FILTERS
from cnnviz.ui import frame
from cnnviz.ui import photo as photos
from cnnviz.ui import photo_controls as choices
from cnnviz.ui.components.photo import histogram, probed_pixel, wipe
from cnnviz.ui.memory import quoted
from cnnviz.ui.photo_state import CUSTOM, MEMORY, Shown

frame.begin("Filters on your photo", section="Pictures", order=2, icon="photo_filter")
MEMORY.arrive()


@st.fragment
def lesson() -> None:
    shown = MEMORY.now()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="ph_controls"):
        with st.popover("Picture", icon=":material/image:", key=photos.CHOOSING, on_change="rerun"):
            photos.choose_picture(shown)
        choices.choose_filter(shown)
        choices.choose_colour(shown)
        with st.popover("More", icon=":material/tune:"):
            choices.choose_movement(shown)
    if MEMORY.complaint():
        st.warning(quoted(MEMORY.complaint()), icon=":material/error:")
    photo, filtering = photos.present(shown), shown.filtering
    theme = THEMES[st.context.theme.type or "light"]
    before = photos.kept("before", photo.digest, lambda _: original(photo.image))
    made = photos.kept(
        "developed",
        (photo.digest, filtering, shown.view, theme.name),
        lambda report: develop(photo.image, filtering, theme, shown.view, report),
        shown.full,
    )
    show_photo(shown, photo, filtering, before, made)
    show_more(made)
    MEMORY.tell()


def show_photo(
    shown: Shown, photo: photos.Photo, filtering: Filtering, before: str, made: Development
) -> None:
    picture, numbers = st.columns([3, 2], gap="medium")
    with picture:
        sizes = f"{photos.size_sentence(photo)}, result {made.size[1]} × {made.size[0]} pixels."
        wipe(
            before,
            made.after.url,
            names=("Before", f"{shown.filter}, {made.after.title}"),
            picture=photo.name,
            source=photo.size,
            size=made.size,
            legend=made.after.legend,
            caption=f"{made.after.scale} {sizes}",
            at=shown.at,
            turn=MEMORY.turn(),
            themes=THEMES,
            appearance=st.context.theme.type or "light",
            key="ph_wipe",
            on_probe=choices.probe,
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            choices.choose_view(shown)
            with st.popover("Share", icon=":material/link:"):
                choices.share(shown)
            photos.offer_png(photo, shown, lambda: pictures.png(filtering.apply(photo.image)))
            photos.choose_resolution(shown, photo)
    with numbers:
        tell_filter(shown)
        row, column = (int(part * length) for part, length in zip(shown.at, made.size, strict=True))
        probe = filtering.probe(photo.image, row, column)
        probed_pixel(probe, filtering, photo.size, themes=THEMES, key="ph_probe")
        kernel = shown.written()
        st.caption(f"{weights.sum_remark(kernel)} {weights.work_remark(kernel)}")


def tell_filter(shown: Shown) -> None:
    if shown.filter == CUSTOM:
        choices.edit_kernel(shown)
    else:
        st.markdown(f"$\\displaystyle {FILTERS[shown.filter].latex}$  \n{FILTERS[shown.filter].remark}")


def show_more(made: Development) -> None:
    counts, other = st.columns(2, gap="medium")
    with counts:
        st.subheader("Histogram", anchor=False)
        before, after = made.histograms
        ends, sampled = (before.low, before.high), after.sampled
        histogram(before.counts, after.counts, *ends, sampled=sampled, themes=THEMES, key="ph_histogram")
        st.markdown(pictures.clamping_sentence(made.clamping))
    with other:
        st.subheader(f"The same result, {made.other.title}", anchor=False)
        st.image(made.other.url, caption=made.other.scale)
    st.subheader("What a network does next", anchor=False)
    st.caption("Convolution, ReLU and pooling follow each other; all three pictures share one colour scale.")
    for column, stage in zip(st.columns(3), made.stages, strict=False):
        column.image(stage.url, caption=stage.caption)


lesson()
