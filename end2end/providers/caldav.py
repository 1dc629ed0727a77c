# A CalDAV server on Radicale, whose users and calendars stand in a folder of its own.
import argparse
import signal
import socket
import tempfile
import threading
from pathlib import Path

from radicale import config, server


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--users", default="ada:secret", help="NAME:PASSWORD, with commas between")
    given = arguments.parse_args()

    # Before any thread starts, which would otherwise be ended by them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})

    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        # Read anew at each request, so that a test can take somebody's password away.
        users = folder / "users"
        users.write_text(given.users.replace(",", "\n") + "\n")
        configuration = config.load()
        configuration.update(
            {
                "server": {"hosts": f"127.0.0.1:{given.port}"},
                "auth": {"type": "htpasswd", "htpasswd_filename": str(users), "htpasswd_encryption": "plain", "delay": "0"},
                "storage": {"filesystem_folder": str(folder / "collections"), "_filesystem_fsync": "False"},
                "web": {"type": "none"},
                "logging": {"level": "error"},
            },
            "caldav.py",
            privileged=True,
        )
        end, ended = socket.socketpair()
        serving = threading.Thread(target=server.serve, args=(configuration, ended))
        serving.start()
        wait_for(given.port, serving)
        print(f"calendar server is ready at http://127.0.0.1:{given.port} with {users}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
        end.close()
        serving.join()


def wait_for(port, serving):
    while serving.is_alive():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            pass


main()
