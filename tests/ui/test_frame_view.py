"""The presenter view as components ask for it: each press says which view it wants."""

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.ui import frame


def page() -> None:
    """Show the view, and ask for one."""
    import streamlit as st

    from cnnviz.ui import frame

    frame._settle_view()
    st.text(f"{frame.presenting()} {st.query_params.get('present')}")
    for wish in (True, False):
        st.button(str(wish), on_click=frame.present, args=(wish,))


@pytest.mark.parametrize("wishes", [(True,), (True, False), (True, False, True), (False,), (False, False)])
def test_the_last_wish_is_what_view_and_address_show(wishes):
    app = AppTest.from_function(page).run()
    for wish in wishes:
        app.button[0 if wish else 1].click().run()
    assert app.text[0].value == ("True 1" if wishes[-1] else "False None")


def test_the_address_leads_when_nobody_asked():
    app = AppTest.from_function(page)
    app.query_params["present"] = "1"
    assert app.run().text[0].value == "True 1"
    del app.query_params["present"]
    assert app.run().text[0].value == "False None"


@pytest.mark.parametrize("sent", [None, 1, "true", {"on": True}])
def test_what_no_page_of_ours_sends_changes_no_view(monkeypatch, sent):
    asked = []
    monkeypatch.setattr(frame.st, "session_state", {"key": {"present": sent}})
    monkeypatch.setattr(frame, "present", asked.append)
    frame.asked_by("key")()
    assert asked == []
