"""Lines over a connected socket."""
import find


def answer(connection):
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        print(find.answer(stream.readline().rstrip("\n")), file=stream, flush=True)


def ask(connection, line):
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        print(line, file=stream, flush=True)
        print(stream.readline().rstrip("\n"))
