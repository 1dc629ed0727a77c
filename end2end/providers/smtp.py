# A mail server on aiosmtpd that writes each message into a folder, as Staffroom does with STAFFROOM_MAIL=file:…
import argparse
import signal
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller


class Folder:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}-{uuid.uuid4()}"
        unfinished = self.folder / f"{name}.part"
        unfinished.write_bytes(envelope.original_content)
        unfinished.rename(self.folder / f"{name}.eml")  # nobody reads half a message
        return "250 OK"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--folder", type=Path, required=True)
    given = arguments.parse_args()

    # Before the server's thread starts, which would otherwise be ended by them.
    end = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, end)

    given.folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(Folder(given.folder), hostname="127.0.0.1", port=given.port)
    controller.start()
    print(f"mail server is ready at smtp://127.0.0.1:{given.port}", flush=True)
    signal.sigwait(end)
    controller.stop()


main()
