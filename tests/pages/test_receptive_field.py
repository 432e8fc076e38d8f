"""The page on receptive fields: its menus, what counts, an own photo."""

import io

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

from cnnviz.presets.field_setup import offered
from cnnviz.ui import field_controls, frame
from cnnviz.ui.field_state import LESSON
from tests.widgets import held


def open_page(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
    app.query_params.update(parameters)
    return app.switch_page("pages/receptive_field.py").run()


def shown(app: AppTest):
    return app.session_state["rf_shown"].setup


def test_another_architecture_opens_where_its_field_fits():
    app = open_page()
    held(app.selectbox, "rf_architecture").set_value("VGG-16").run()
    assert (shown(app).layer, shown(app).line.field.size) == ("pool5", (212, 212))
    assert app.query_params["rf_architecture"] == "VGG-16"
    held(app.selectbox, "rf_architecture").set_value("ResNet-152").run()
    assert shown(app).line.field.size[0] <= 224
    assert len(held(app.selectbox, "rf_architecture").options) == len(offered())


def test_what_counts_is_measured_and_told():
    app = open_page(scene="field_effective")
    assert shown(app).effective
    assert not app.exception
    held(app.toggle, "rf_effective").set_value(False).run()
    assert app.query_params["rf_architecture"] == "AlphaGo policy, k = 192"
    assert "rf_effective" not in app.query_params


def test_a_board_needs_no_picture():
    app = open_page(scene="field_alphago")
    assert any("board of 19 × 19" in caption.value for caption in app.caption)
    assert held(app.selectbox, "rf_picture").disabled
    assert not app.file_uploader


def test_an_own_photo_is_shown_and_stays_out_of_the_link():
    file = io.BytesIO()
    Image.fromarray(np.full((40, 60, 3), 200, np.uint8)).save(file, "PNG")
    app = open_page()
    app.file_uploader[0].set_value(("photo.png", file.getvalue(), "image/png")).run()
    assert not app.exception
    assert held(app.selectbox, "rf_picture").value == "own"
    assert not any("photo" in name or "own" in name for name in app.query_params)
    held(app.selectbox, "rf_picture").set_value("Coffee").run()
    assert app.query_params["rf_picture"] == "Coffee"
    assert not app.session_state[field_controls.USING_OWN]


def test_a_file_that_is_no_picture_is_refused_in_a_sentence():
    app = open_page()
    app.file_uploader[0].set_value(("photo.png", b"%PDF-1.4", "image/png")).run()
    assert not app.exception
    assert LESSON.prefix == "rf_"
    assert any("PDF" in warning.value for warning in app.warning)
