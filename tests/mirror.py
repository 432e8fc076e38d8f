"""A web server of our own to fetch data from, and the format of its files."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def idx(array) -> bytes:
    """Write an array in the format of MNIST."""
    header = [bytes([0, 0, 8, array.ndim]), *(length.to_bytes(4) for length in array.shape)]
    return b"".join(header) + array.tobytes()


class Mirror:
    """A server on this machine that counts what it sends, and may behave badly.

    ``files`` are packed, by name; with ``cut`` it breaks off after so many bytes, with a ``gate`` it sends
    the second half of each file once that is open.
    """

    def __init__(self, files, ranges=True, cut=None, gate=None):
        self.files, self.gate = files, gate
        self.ranges, self.cut, self.asked, self.sent = ranges, cut, [], 0
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                mirror.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request):
        content = self.files.get(request.path.strip("/").removesuffix(".gz"))
        wanted = request.headers.get("Range")
        self.asked.append(wanted)
        if content is None:
            request.send_error(404)
            return
        begun = int(re.findall(r"\d+", wanted)[0]) if wanted and self.ranges else 0
        if begun >= len(content):
            request.send_error(416)
            return
        request.send_response(206 if begun else 200)
        request.send_header("Content-Length", str(len(content) - begun))
        request.end_headers()
        piece = content[begun : None if self.cut is None else begun + self.cut]
        self.sent += len(piece)
        half = len(piece) // 2 if self.gate else len(piece)
        request.wfile.write(piece[:half])
        if self.gate:
            self.gate.wait(20)
            request.wfile.write(piece[half:])

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
