"""POST /find with the line as its body. ADDRESS is a port."""
import http.server
import urllib.request

import find


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"])).decode()
        text = find.answer(line).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def serve(port):
    with http.server.HTTPServer(("127.0.0.1", int(port)), Handler) as server:
        find.ready()
        server.handle_request()


def ask(port, line):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/find", data=line.encode()) as response:
        print(response.read().decode())


find.main(serve, ask)
