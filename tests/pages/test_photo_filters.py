"""The photo page without a browser: every filter, way to treat colour and picture; links; large photos."""

import io
import json
import threading

import numpy as np
import pytest
from PIL import Image
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from cnnviz.presets.colour import TREATMENTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.ui import frame, photo
from cnnviz.ui.photo_state import CUSTOM, OWN, VIEWS, Shown
from cnnviz.ui.uploads import UploadError, read_reduced
from tests.widgets import held


def open_page(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=30)
    app.query_params.update({f"ph_{name}": text for name, text in parameters.items()})
    app.switch_page("pages/photo_filters.py").run()
    assert not app.exception
    return app


def part(app: AppTest, name: str) -> dict:
    """Return what a part of the component was sent."""
    parts = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return next(sent for sent in parts if sent["part"] == name)


def labelled(widgets, label: str):
    """Find a widget by its label; keys of those in popovers change."""
    return next(widget for widget in widgets if widget.label == label)


def own_photo(app: AppTest, width: int, height: int) -> AppTest:
    """Let the session hold a photo as if it had been uploaded, and show it."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "PNG", compress_level=1)
    app.session_state[photo.OWN_KEY] = (file.getvalue(), f"{width} {height}")
    app.session_state["ph_shown"] = Shown(picture=OWN)
    return app.run()


def test_every_filter_can_be_chosen_and_is_told_in_full():
    app = open_page()
    for name in (*FILTERS, CUSTOM):
        held(app.selectbox, "ph_filter").set_value(name).run()
        assert not app.exception
        assert not app.warning
        assert part(app, "wipe")["names"][1].startswith(f"{name}, ")
        assert len(app.caption) > 2
        if name != CUSTOM:
            assert any(FILTERS[name].remark in text.value for text in app.markdown)


@pytest.mark.parametrize("colour", TREATMENTS)
def test_every_way_to_treat_colour_has_its_views_a_probe_and_a_histogram(colour):
    app = open_page(colour=colour, picture="Coffee")
    for view in VIEWS:
        held(app.selectbox, "ph_view").set_value(view).run()
        assert not app.exception
        probe, wipe = part(app, "probe"), part(app, "wipe")
        assert len(probe["planes"]) == (1 if colour == "Luminance" else 3)
        assert probe["joint"] == TREATMENTS[colour].is_map
        assert (wipe["legend"]["kind"] == "saved") == (view == "saved")
        assert sum(part(app, "histogram")["after"]) > 50_000


def test_every_picture_opens_with_its_source():
    app = open_page(filter="Identity", colour="Each channel")
    for name, picture in IMAGES.items():
        labelled(app.selectbox, "Picture").set_value(name).run()
        assert not app.exception
        wipe = part(app, "wipe")
        assert wipe["picture"] == name
        assert max(wipe["source"]) <= photo.WORKING_SIDE
        assert any(picture.source in text.value for text in app.caption)


def test_settings_of_a_filter_become_widgets_within_their_bounds():
    app = open_page(filter="Gabor", settings="angle:90,wavelength:7.5")
    assert held(app.slider, "ph_Gabor_angle").value == 90
    assert held(app.slider, "ph_Gabor_wavelength").value == 7.5
    held(app.slider, "ph_Gabor_angle").set_value(0).run()
    assert app.query_params["ph_settings"] == "angle:0,wavelength:7.5"


def test_stride_scale_offset_and_border_are_applied():
    app = open_page(filter="Identity", colour="Each channel", picture="Coffee")
    labelled(app.number_input, "Stride").set_value(2).run()
    labelled(app.number_input, "Scale").set_value(0.5).run()
    labelled(app.number_input, "Offset").set_value(10.0).run()
    labelled(app.selectbox, "Beyond the border").set_value("wrap").run()
    assert part(app, "wipe")["size"] == [200, 300]
    probe = part(app, "probe")
    assert probe["weights"][1][1] == 0.5
    value = IMAGES["Coffee"].load()[2 * probe["row"], 2 * probe["column"], 0]
    assert probe["planes"][0]["value"] == value / 2 + 10


def test_true_convolution_turns_the_kernel():
    app = open_page(filter="Shift", settings="distance:1")
    before = part(app, "probe")["weights"]
    labelled(app.selectbox, "Convention").set_value("True").run()
    assert part(app, "probe")["weights"] == np.array(before)[::-1, ::-1].tolist()


def test_the_probe_is_where_the_link_says():
    app = open_page(picture="Cat", at="0.1,0.9")
    probe = part(app, "probe")
    assert (probe["row"], probe["column"]) == (30, 405)
    assert part(app, "wipe")["at"] == [0.1, 0.9]


def test_a_damaged_link_is_told_once_and_the_page_works():
    app = open_page(filter="Nothing", stride="many")
    assert [warning.value[:35] for warning in app.warning] == ["A part of the link was left out: fi"]
    held(app.selectbox, "ph_filter").set_value("Emboss").run()
    assert not app.warning


def test_the_present_state_is_in_the_address():
    app = open_page()
    held(app.selectbox, "ph_filter").set_value("Outline").run()
    held(app.selectbox, "ph_colour").set_value("Each channel").run()
    assert app.query_params["ph_filter"] == "Outline"
    again = open_page(filter="Outline", colour="Each channel")
    assert part(again, "wipe") == part(app, "wipe")


def test_a_large_photo_is_worked_on_smaller_until_the_full_resolution_is_asked_for():
    app = own_photo(open_page(filter="Identity", colour="Each channel"), 1700, 1300)
    assert "Worked on at 1200 × 918 of 1700 × 1300" in part(app, "wipe")["caption"]
    app.toggle(key="ph_full").set_value(True).run()
    assert part(app, "wipe")["size"] == [1300, 1700]
    assert "Worked on in full, 1700 × 1300" in part(app, "wipe")["caption"]
    app.toggle(key="ph_full").set_value(False).run()
    assert part(app, "wipe")["size"] == [918, 1200]


def test_a_photo_that_is_shown_in_full_needs_no_switch():
    app = own_photo(open_page(), 300, 200)
    assert "Worked on in full, 300 × 200" in part(app, "wipe")["caption"]
    assert "ph_full" not in [toggle.key for toggle in app.toggle]


def test_a_photo_that_is_damaged_at_full_size_stays_at_its_working_size(monkeypatch):
    app = own_photo(open_page(), 1700, 1300)

    def refuse(raw, side):
        if side is None:
            raise UploadError("This picture is damaged or cut off, so it cannot be shown.")
        return read_reduced(raw, side)

    monkeypatch.setattr(photo, "read_reduced", refuse)
    app.toggle(key="ph_full").set_value(True).run()
    assert not app.exception
    assert [warning.value for warning in app.warning] == [
        "This picture is damaged or cut off, so it cannot be shown."
    ]
    assert part(app, "wipe")["size"] == [918, 1200]


def test_an_own_photo_never_gets_into_the_address():
    app = own_photo(open_page(), 64, 48)
    held(app.selectbox, "ph_filter").set_value("Emboss").run()
    assert {name: app.query_params[name] for name in app.query_params} == {"ph_filter": "Emboss"}


def test_large_jobs_take_turns_and_the_one_that_waits_is_told(monkeypatch):
    app = own_photo(open_page(), 1300, 40)
    assert photo._large_job.acquire(blocking=False)
    threading.Timer(0.7, photo._large_job.release).start()
    seen = []
    told = DeltaGenerator.info

    def note(self, text, **options):
        seen.append(text)
        return told(self, text, **options)

    monkeypatch.setattr(DeltaGenerator, "info", note)
    app.toggle(key="ph_full").set_value(True).run()
    assert not app.exception
    assert part(app, "wipe")["size"] == [40, 1300]
    assert seen[0] == "Another photo is being filtered at full resolution; yours is next."
    assert photo._large_job.acquire(blocking=False), "the turn must be given back"
    photo._large_job.release()


def test_clicking_a_pixel_does_not_filter_again():
    app = open_page(picture="Cat")
    kept = app.session_state["ph_developed"]
    app.session_state["ph_shown"] = Shown(picture="Cat", at=(0.2, 0.2))
    app.run()
    assert part(app, "probe")["row"] == 60
    assert app.session_state["ph_developed"] is kept


def test_coming_back_from_another_page_finds_everything_as_it_was():
    app = own_photo(open_page(), 64, 48)
    held(app.selectbox, "ph_filter").set_value("Emboss").run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/photo_filters.py").run()
    assert not app.exception
    assert held(app.selectbox, "ph_filter").value == "Emboss"
    assert part(app, "wipe")["picture"] == "your photo"
    assert app.query_params["ph_filter"] == "Emboss"


def test_a_link_that_is_followed_within_a_session_is_followed():
    app = open_page(filter="Emboss")
    app.query_params["ph_filter"] = "Outline"
    app.run()
    assert held(app.selectbox, "ph_filter").value == "Outline"
