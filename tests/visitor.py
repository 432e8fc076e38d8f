"""A visitor without a browser: asks as Streamlit's own page does, and reads what comes back."""

import json
import queue
import socket
import threading
import time
from contextlib import ExitStack, suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

LOOK = 0.5  # seconds between two looks at a run


class Session:
    """One visitor: ``page`` is the address of the page to ask for, ``cookie`` what the browser keeps."""

    def __init__(self, address: str, page: str, query: str = "", cookie: str = "") -> None:
        self.address, self.page, self.query, self.cookie = address, page, query, cookie
        self.number, self.fragment, self.step, self.open = "", "", 0, True
        self.buttons: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.asking, self.finished, self.connections = threading.Lock(), threading.Event(), ExitStack()
        self.made: queue.Queue[str] = queue.Queue()
        self.connect()
        self.ask()

    def connect(self) -> None:
        """Begin, or go on after the connection was lost."""
        connecting = connect(
            f"{self.address.replace('http', 'ws')}/_stcore/stream",
            subprotocols=[Subprotocol(each) for each in ("streamlit", "none", self.number) if each],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
        )
        self.socket = self.connections.enter_context(connecting)
        threading.Thread(target=self.read, args=(self.socket,), daemon=True).start()

    def lose_connection(self) -> None:
        """Let it end without a word, as where a network fails."""
        with self.asking:
            self.socket.socket.shutdown(socket.SHUT_RDWR)

    def ask(self, press: str = "", fragment: str = "") -> float:
        """Let the page run once, or its part that looks at the run; tell how many milliseconds that took."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = self.page, self.query
        message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = fragment, bool(fragment)
        if press:
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id, widget.trigger_value = self.buttons[press], True
        with self.asking:
            began = time.perf_counter()
            self.finished.clear()
            self.socket.send(message.SerializeToString())
            if not self.finished.wait(30):
                raise RuntimeError(f"{self.page} must answer within 30 s")
            return 1000 * (time.perf_counter() - began)

    def ask_for_file(self, key: str) -> str:
        """Let the file of a button be made; tell where it is."""
        message = BackMsg()
        message.backend_operation_request.session_id = self.number
        message.backend_operation_request.deferred_file.file_id = self.files[key]
        self.socket.send(message.SerializeToString())
        return self.address + self.made.get(timeout=30)

    def read(self, connection: ClientConnection) -> None:
        """Take in what the server says, until one of the two leaves."""
        with suppress(ConnectionClosed):
            for raw in connection:
                message = ForwardMsg.FromString(raw)
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self.number = message.new_session.initialize.session_id or self.number
                elif kind == "auto_rerun":
                    self.fragment = message.auto_rerun.fragment_id
                elif kind == "delta":
                    self.see(message.delta.new_element)
                elif kind == "backend_operation_response":
                    self.made.put(message.backend_operation_response.deferred_file.url)
                elif kind == "script_finished":
                    self.finished.set()

    def see(self, element) -> None:
        """Note buttons by their keys, with their files, and how far the run is."""
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons[element.button.id.rpartition("-")[2]] = element.button.id
        elif kind == "download_button":
            self.files[element.download_button.id.rpartition("-")[2]] = (
                element.download_button.deferred_file_id
            )
        elif kind == "bidi_component" and '"now"' in element.bidi_component.json:
            self.step = json.loads(element.bidi_component.json)["now"]["step"]

    def start(self) -> None:
        """Start the run of the page that trains, and look at it twice a second."""
        self.ask("tr_go")
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        """Look, as long as the page is open."""
        with suppress(ConnectionClosed):
            while self.open:
                self.ask(fragment=self.fragment)
                time.sleep(LOOK)

    def now(self) -> int:
        """Look, and tell how many steps were taken."""
        self.ask(fragment=self.fragment)
        return self.step

    def close(self) -> None:
        """Leave."""
        self.open = False
        with self.asking:
            self.connections.close()
