"""What all samples share. Each server answers one request, removes what it made, and ends."""
import sys


def answer(line):
    if line == "/찾기 타락파워전사":
        return "타락파워전사님은 지금 헤네시스에 있습니다."
    return "그런 이름의 캐릭터가 없습니다."


def ready():
    print("ready", flush=True)


def main(serve, ask):
    """PROGRAM server ADDRESS, or PROGRAM client ADDRESS LINE."""
    sys.stdout.reconfigure(encoding="utf-8")
    match sys.argv[1:]:
        case ["server", address]:
            serve(address)
        case ["client", address, line]:
            ask(address, line)
        case _:
            sys.exit(f"usage: {sys.argv[0]} server ADDRESS | client ADDRESS LINE")
