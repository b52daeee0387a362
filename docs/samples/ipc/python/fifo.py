"""Two FIFOs, ADDRESS-request and ADDRESS-result. Opening one waits until somebody opens its other end."""
import os

import find


def serve(path):
    os.mkfifo(path + "-request", 0o600)
    os.mkfifo(path + "-result", 0o600)
    find.ready()
    with open(path + "-request", encoding="utf-8") as requests, open(path + "-result", "w", encoding="utf-8") as results:
        print(find.answer(requests.readline().rstrip("\n")), file=results)
    os.unlink(path + "-request")
    os.unlink(path + "-result")


def ask(path, line):
    # In the order in which the server opens them.
    with open(path + "-request", "w", encoding="utf-8") as requests, open(path + "-result", encoding="utf-8") as results:
        print(line, file=requests, flush=True)
        print(results.readline().rstrip("\n"))


find.main(serve, ask)
