"""A stream over a Unix socket; a line is a message. ADDRESS is a path."""
import os
import socket

import find
import lines


def serve(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        listener.listen(1)
        find.ready()
        lines.answer(listener.accept()[0])
    os.unlink(path)


def ask(path, line):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(path)
    lines.ask(connection, line)


find.main(serve, ask)
