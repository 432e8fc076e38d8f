"""Controls show what is kept elsewhere, ask for what was chosen, and offer only what is possible."""

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.presets.sliding import Slide
from cnnviz.ui import controls, following
from tests.widgets import held


def small_app(slide, image, kernel, linked):
    """Keep a slide in the session, and offer to change it."""
    import streamlit as st

    from cnnviz.ui import controls

    def change(wanted):
        st.session_state.slide = wanted

    now = st.session_state.setdefault("slide", slide)
    controls.choose_slide(now, image, kernel, change, key="t_", linked=linked)
    controls.choose_sides(now, image, kernel, change, key="t_")
    controls.choose_rounding(now, change, key="t_rule")


def opened(slide: Slide, image=(6, 6), kernel=(3, 3), linked: bool = True) -> AppTest:
    arguments = {"slide": slide, "image": image, "kernel": kernel, "linked": linked}
    app = AppTest.from_function(small_app, kwargs=arguments, default_timeout=20).run()
    assert not app.exception
    return app


def slide_of(app: AppTest) -> Slide:
    assert not app.exception
    return app.session_state.slide


def test_a_number_for_both_axes_changes_both():
    app = opened(Slide())
    held(app.number_input, "t_stride0").set_value(2).run()
    assert slide_of(app) == Slide((2, 2))
    held(app.number_input, "t_dilation0").set_value(2).run()
    assert slide_of(app) == Slide((2, 2), dilation=(2, 2))


def test_rows_and_columns_can_be_changed_apart():
    app = opened(Slide(), linked=False)
    held(app.number_input, "t_stride1").set_value(3).run()
    assert slide_of(app) == Slide((1, 3))


def replaced() -> None:
    """Replace a widget twice, and hear each of the three as if a browser had sent it late."""
    import streamlit as st

    from cnnviz.ui import following

    heard: list = []
    for base in ("t_padding", "t_text0_1"):
        keys = [following.followed(base, value) for value in ("same", "valid", "full")]
        for key in keys:
            st.session_state[key] = key
            following.asker(key, heard.append)()
    st.session_state.heard = heard


def test_a_widget_that_was_replaced_asks_for_nothing():
    """Else a message that was on its way while the page changed would bring the old choice back."""
    app = AppTest.from_function(replaced).run()
    assert not app.exception
    assert app.session_state.heard == ["t_padding_2", "t_text0_1_2"]


def restarted() -> None:
    """Start a page from scratch, and hear a widget that was on it before and one that is on it by now."""
    import streamlit as st

    from cnnviz.ui import following

    heard: list = []
    st.session_state.update(t_stride1=2, t_stride0=1)
    before = following.asker(following.followed("t_stride1", 2), heard.append)
    following.start_over()
    now = following.asker(following.followed("t_stride0", 1), heard.append)
    before()
    now()
    st.session_state.heard = heard


def test_a_widget_of_the_page_as_it_was_before_asks_for_nothing():
    app = AppTest.from_function(restarted).run()
    assert not app.exception
    assert app.session_state.heard == [1]


def test_the_widgets_show_what_is_kept():
    app = opened(Slide((2, 2), "same", dilation=(2, 2)))
    assert held(app.number_input, "t_stride0").value == 2
    assert held(app.selectbox, "t_padding").value == "same"
    app.session_state.slide = Slide()
    app.run()
    assert held(app.number_input, "t_stride0").value == 1
    assert held(app.selectbox, "t_padding").value == "valid"


def test_no_widget_is_set_back_while_it_is_moved():
    """A browser would take over an answer to an older move, and steps of a held arrow key would be lost."""
    app = AppTest.from_function(moved, default_timeout=20).run()
    for kind in ("slider", "number_input", "selectbox", "button_group", "text_area"):
        (widget,) = app.get(kind)
        widget.set_value(4 if kind in ("slider", "number_input") else "b").run()
        assert not app.exception
        (widget,) = app.get(kind)
        assert not widget.proto.set_value, kind
    assert app.session_state.kept == {"scale": 4, "whole": 4, "menu": "b", "side": "b", "text": "b"}


def moved() -> None:
    """Show one widget of each kind."""
    import streamlit as st

    from cnnviz.ui import controls

    kept = st.session_state.setdefault(
        "kept", {"scale": 2, "whole": 2, "menu": "a", "side": "a", "text": "a"}
    )

    def keep(name):
        return lambda chosen: kept.update({name: chosen})

    choices = {"a": "A", "b": "B"}
    controls.choose_on_scale("Scale", kept["scale"], (1, 9), keep("scale"), key="scale", help="")
    controls.choose_whole("Whole", kept["whole"], (1, 9), keep("whole"), key="whole", help="")
    controls.choose("Menu", kept["menu"], choices, keep("menu"), key="menu", help="")
    controls.choose_segment("Side", kept["side"], choices, keep("side"), key="side", help="")
    controls.choose_text("Text", kept["text"], keep("text"), key="text", help="")


def test_a_dilation_that_does_not_fit_is_closed_with_the_reason():
    dilation = opened(Slide()).number_input(key="t_dilation0")
    assert dilation.max == 2
    assert "More than 2 is closed" in dilation.help
    wide = opened(Slide(padding="full")).number_input(key="t_dilation0")
    assert wide.max == 6
    assert "closed" not in wide.help


def test_the_bounds_move_with_the_other_settings():
    app = opened(Slide())
    held(app.selectbox, "t_padding").set_value("full").run()
    held(app.number_input, "t_dilation0").set_value(6).run()
    assert slide_of(app) == Slide(padding="full", dilation=(6, 6))
    assert "valid" not in held(app.selectbox, "t_padding").options
    assert "Valid is closed" in held(app.selectbox, "t_padding").help


def test_a_kernel_of_one_cell_has_nothing_to_spread():
    dilation = opened(Slide(), kernel=(1, 1)).number_input(key="t_dilation0")
    assert dilation.disabled
    assert dilation.help.endswith("A kernel of one cell has nothing to spread.")


def test_a_side_is_padded_by_itself():
    app = opened(Slide(padding="same"))
    assert held(app.number_input, "t_top").value == 1
    held(app.number_input, "t_left").set_value(4).run()
    assert slide_of(app) == Slide(padding="custom", sides=((1, 1), (4, 1)))


def test_padding_that_the_kernel_needs_cannot_be_taken_away():
    app = opened(Slide(padding="custom", sides=((2, 2), (0, 0))), image=(2, 6), kernel=(5, 3))
    assert held(app.number_input, "t_top").min == 1
    assert "Less is closed" in held(app.number_input, "t_top").help


def test_the_rule_for_the_output_size_is_told():
    app = opened(Slide())
    held(app.segmented_control, "t_rule").set_value("ceil").run()
    assert slide_of(app) == Slide(rounding="ceil")
    assert "Round up" in app.caption[0].value


@pytest.mark.parametrize("value", [None, 0.5])
def test_an_emptied_field_asks_for_nothing(value, monkeypatch):
    asked = []
    monkeypatch.setattr(controls.st, "session_state", {"field": value})
    following.asker("field", asked.append)()
    assert asked == ([] if value is None else [0.5])


def one_axis(slide):
    """Offer to slide along columns only."""
    import streamlit as st

    from cnnviz.ui import controls

    def change(wanted):
        st.session_state["slide"] = wanted

    now = st.session_state.setdefault("slide", slide)
    controls.choose_slide(now, (1, 8), (1, 3), change, key="t_", linked=True, axes=(1,))
    controls.choose_sides(now, (1, 8), (1, 3), change, key="t_", axes=(1,))


def test_a_series_moves_along_one_axis_only():
    app = AppTest.from_function(one_axis, kwargs={"slide": Slide()}).run()
    assert [each.label for each in app.number_input] == [
        "Stride",
        "Dilation",
        "Padding, left",
        "Padding, right",
    ]
    held(app.number_input, "t_stride1").set_value(2).run()
    held(app.number_input, "t_dilation1").set_value(3).run()
    held(app.number_input, "t_right").set_value(4).run()
    assert app.session_state["slide"] == Slide((1, 2), "custom", ((0, 0), (0, 4)), (1, 3))
