"""The page of 1-D convolution: the short series, the long signal and the link act on one state."""

import json
import time

import numpy as np
from streamlit.testing.v1 import AppTest

from cnnviz.lessons import series, series_code
from cnnviz.lessons.steps import Trace
from cnnviz.presets.series import SCENES, SeriesSetup
from cnnviz.ui.series_state import LESSON
from tests.widgets import held, programs


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for name, text in link.items():
        app.query_params[name if name in ("scene", "step") else f"c1_{name}"] = text
    app.switch_page("pages/convolution_1d.py").run()
    assert not app.exception
    return app


def setup(app: AppTest) -> SeriesSetup:
    assert not app.exception
    return app.session_state["c1_shown"].setup


def picture(app: AppTest) -> dict:
    """Read what the sliding window was given."""
    return next(
        json.loads(each.proto.json) for each in app.get("bidi_component") if "kernel" in each.proto.json
    )


def curves(app: AppTest) -> dict:
    """Read what the picture of the signal was given."""
    return next(
        json.loads(each.proto.json) for each in app.get("bidi_component") if '"place"' in each.proto.json
    )


def address(app: AppTest) -> dict[str, str]:
    params = {name.removeprefix("c1_"): text for name, text in app.query_params.items()}
    return {name: text[0] if isinstance(text, list) else text for name, text in params.items()}


def says(app: AppTest, words: str) -> bool:
    return any(words in text.value for text in app.markdown)


def test_the_lecture_comes_first_as_a_dot_product():
    app = opened()
    assert picture(app)["output"] == [[1, 7, 9, 8, -1, 6]]
    assert picture(app)["line"] == "dot"
    assert address(app) == {}
    assert not app.warning


def test_every_scene_is_in_the_menu_with_both_of_its_parts():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "c1_scene").set_value(name).run()
        assert setup(app) == scene.setup
        np.testing.assert_allclose(picture(app)["output"], scene.expected["output"])
        smoothed = series.Smoothed.of(scene.setup.smoothing)
        np.testing.assert_allclose(curves(app)["output"], smoothed.output, atol=1e-6)
        assert says(app, scene.notice)
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])
        assert all(says(app, text) for text in scene.expected.get("text", ()))


def test_controls_of_the_series_change_picture_formula_and_address():
    app = opened()
    held(app.selectbox, "c1_padding").set_value("same").run()
    held(app.number_input, "c1_stride1").set_value(2).run()
    held(app.number_input, "c1_dilation1").set_value(2).run()
    held(app.number_input, "c1_bias").set_value(2.0).run()
    held(app.segmented_control, "c1_kind").set_value("convolution").run()
    assert address(app) == {"stride": "2", "dilation": "2", "padding": "same", "bias": "2", "flip": "1"}
    np.testing.assert_allclose(picture(app)["output"], Trace.of(setup(app).line).output)
    assert picture(app)["turned"]
    assert says(app, "4\u00a0stops")


def test_an_integer_is_asked_for_and_the_floor_explained():
    app = opened(scene="series_stride_floor")
    assert says(app, "(8 + 2·1 − 3) / 2 + 1 = 4.5. PyTorch and Keras take the floor, 4")
    assert says(app, ":orange-badge[rounded down from 4.5]")
    held(app.segmented_control, "c1_rule").set_value("ceil").run()
    assert says(app, "Rounded up: 1 zero more at the end")
    assert np.shape(picture(app)["output"]) == (1, 5)


def test_text_replaces_series_and_kernel_and_what_cannot_is_explained():
    app = opened()
    held(app.text_area, "c1_text_image").set_value("1\n2\n4\n8").run()
    held(app.text_area, "c1_text_kernel").set_value("1/2 1/2").run()
    assert picture(app)["output"] == [[1.5, 3, 6]]
    held(app.text_area, "c1_text_kernel").set_value("1 2; 3 4").run()
    sentence = "Series must be one row or one column, got 2 rows."
    assert [error.value for error in app.error] == [sentence]
    assert [warning.value for warning in app.warning] == [f"Kernel as text: {sentence}"]
    assert picture(app)["output"] == [[1.5, 3, 6]]


def test_lengths_keep_the_numbers_that_fit():
    app = opened()
    held(app.number_input, "c1_image").set_value(5).run()
    held(app.number_input, "c1_kernel").set_value(4).run()
    assert setup(app).line.image == ((1, 0, 2, 3, 5),)
    assert setup(app).line.kernel == ((-1, 2, 1, 0),)
    assert "More is closed" in held(app.number_input, "c1_kernel").help
    app.button(key="c1_random").click().run()
    assert len(setup(app).line.image[0]) == 5


def test_controls_of_the_signal_change_curve_text_and_address():
    app = opened()
    held(app.slider, "c1_width").set_value(10).run()
    assert says(app, "991 outputs from 1,000 samples")
    held(app.selectbox, "c1_ends").set_value("same").run()
    held(app.selectbox, "c1_signal").set_value("step").run()
    held(app.slider, "c1_place").set_value(500).run()
    app.button(key="c1_noise").click().run()
    assert address(app) == {"signal": "step", "width": "10", "ends": "same", "seed": "1", "place": "500"}
    assert says(app, "1,000 outputs")
    assert says(app, "Same adds 4 zeros before and 5 after")
    smoothed = series.Smoothed.of(setup(app).smoothing)
    np.testing.assert_allclose(curves(app)["output"], smoothed.output, atol=1e-6)
    assert (curves(app)["place"], curves(app)["padding"]) == (500, [4, 5])
    again = LESSON.read_link({name: [text] for name, text in address(app).items()})
    assert again[0].setup == setup(app)


def test_weights_can_be_typed():
    app = opened(width="1")
    held(app.selectbox, "c1_smoother").set_value("difference").run()
    assert setup(app).smoothing.width == 2
    held(app.selectbox, "c1_smoother").set_value("custom").run()
    held(app.text_area, "c1_text_typed").set_value("1 -2 1").run()
    assert setup(app).smoothing.typed == (1, -2, 1)
    assert says(app, "998 outputs")
    held(app.text_area, "c1_text_typed").set_value("one").run()
    assert [warning.value for warning in app.warning] == [
        "Weights as text: Row 1: value must be a number, got “one”."
    ]
    assert setup(app).smoothing.typed == (1, -2, 1)


def test_reset_brings_both_parts_back():
    app = opened(scene="series_moving_average")
    assert app.button(key="c1_reset").disabled
    held(app.slider, "c1_width").set_value(99).run()
    assert says(app, "You have changed this scene.")
    app.button(key="c1_reset").click().run()
    assert setup(app) == SCENES["series_moving_average"].setup
    assert says(app, "991 outputs")
    assert address(app) == {"scene": "series_moving_average"}


def test_both_programs_can_be_copied():
    app = opened(scene="series_moving_average")
    shown = programs(app)
    assert series_code.numpy_lines(setup(app).line) in shown
    assert series_code.smoothing_lines(setup(app).smoothing) in shown


def test_an_answer_of_the_slider_takes_less_than_150_ms_of_work():
    app = opened()
    times = []
    for width in (20, 21, 22, 23, 24):
        started = time.process_time()
        held(app.slider, "c1_width").set_value(width).run()
        times.append(time.process_time() - started)
    assert sorted(times)[2] < 0.15
