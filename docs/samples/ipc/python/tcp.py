"""A stream over TCP on the loopback address; a line is a message. ADDRESS is a port."""
import socket

import find
import lines


def serve(port):
    with socket.create_server(("127.0.0.1", int(port))) as listener:
        find.ready()
        lines.answer(listener.accept()[0])


def ask(port, line):
    lines.ask(socket.create_connection(("127.0.0.1", int(port))), line)


find.main(serve, ask)
