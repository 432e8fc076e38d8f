"""Files that were made for a visitor stay until the browser had time to fetch them.

Streamlit 1.67 makes the file of a `st.download_button` when it is asked for, tells the browser where it is,
and forgets it once two runs of anybody's pages have ended. Where a class is at work that is soon: the browser
finds nothing, and saves nothing.
"""

import time

from streamlit.runtime import memory_media_file_storage

LEASE = 30.0  # seconds


class LeasedFiles(memory_media_file_storage.MemoryMediaFileStorage):
    """Where Streamlit keeps files: one that is given up goes with the first to be given up a lease later."""

    def __init__(self, media_endpoint: str) -> None:
        super().__init__(media_endpoint)
        self._given_up: dict[str, float] = {}

    def load_and_get_id(self, *file, **parts) -> str:
        """Keep a file, also one that was given up."""
        file_id = super().load_and_get_id(*file, **parts)
        self._given_up.pop(file_id, None)
        return file_id

    def delete_file(self, file_id: str) -> None:
        """Give a file up; delete what was given up long ago."""
        now = time.monotonic()
        self._given_up.setdefault(file_id, now)
        over = [each for each, since in self._given_up.items() if now - since >= LEASE]
        for each in over:
            del self._given_up[each]
            super().delete_file(each)


def lease_files() -> None:
    """Let a server that is made from now on keep files for the time of a lease."""
    vars(memory_media_file_storage)["MemoryMediaFileStorage"] = LeasedFiles
