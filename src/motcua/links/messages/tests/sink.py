"""A small SMTP server on loopback that keeps what it is given (RFC 5321, the plain verbs)."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading


class Sink(socketserver.ThreadingTCPServer):
    """Accepts letters; refuses `.invalid` for good and everything while `busy`."""

    allow_reuse_address = True
    daemon_threads = True  # a carrier keeps its connection; closing the door waits for nobody

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters, self.busy, self.calls = [], False, 0
        threading.Thread(target=self.serve_forever, args=(0.01,)).start()

    def stop(self):
        """Close the door."""
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.server.calls += 1
        self.say("220 sink")
        for line in iter(self.rfile.readline, b""):
            verb, _, rest = line.decode().strip().partition(" ")
            getattr(self, f"on_{verb.lower()}", self.on_other)(rest)
            if verb == "QUIT":
                return

    def on_other(self, _):
        self.say("250 ok")

    def on_rcpt(self, rest):
        if self.server.busy:
            self.say("451 try again later")
        else:
            self.say("550 no such user" if rest.endswith(".invalid>") else "250 ok")

    def on_data(self, _):
        self.say("354 go on")
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            lines.append(line.removeprefix(b"."))
        text = b"".join(lines)
        self.server.letters.append(email.message_from_bytes(text, policy=email.policy.default))
        self.say("250 kept")

    def on_quit(self, _):
        self.say("221 bye")
