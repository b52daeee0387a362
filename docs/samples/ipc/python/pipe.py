"""Pipes without names: the client starts the server and has the other ends of its standard input and output.

    pipe.py server
    pipe.py client LINE PROGRAM [ARGUMENT...]
"""
import subprocess
import sys

import find

sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
match sys.argv[1:]:
    case ["server"]:
        print(find.answer(sys.stdin.readline().rstrip("\n")))
    case ["client", line, program, *arguments]:
        with subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            server.stdin.write((line + "\n").encode())
            server.stdin.flush()
            print(server.stdout.readline().decode().rstrip("\n"))
    case _:
        sys.exit("usage: pipe.py server | pipe.py client LINE PROGRAM [ARGUMENT...]")
