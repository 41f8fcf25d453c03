#!/usr/bin/env python3
"""Stands in for the panel where only the command line itself is under test: answers what the test laid down.

front.py SOCKET DIRECTORY: a request METHOD /path is answered from the file DIRECTORY/METHOD_path (slashes as _): the
first line is status and content type, the rest the body. Each request is appended to DIRECTORY/requests as JSON.
"""
import http.server
import json
import os
import socketserver
import sys

SOCKET, DIRECTORY = sys.argv[1:]


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        seen = {"method": self.command, "path": self.path, "headers": dict(self.headers),
                "body": self.rfile.read(length).decode()}
        with open(f"{DIRECTORY}/requests", "a") as log:
            log.write(json.dumps(seen) + "\n")
        name = f"{DIRECTORY}/{self.command}{self.path.split('?')[0].removeprefix('/api/v1').replace('/', '_')}"
        if not os.path.exists(name):
            name = f"{DIRECTORY}/missing"
        with open(name, "rb") as file:
            status, kind = file.readline().decode().split()
            body = file.read()
        # NAME.next is what the next request to the same path gets.
        if os.path.exists(name + ".next"):
            os.replace(name + ".next", name)
        self.send_response(int(status))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def address_string(self):
        return "local"

    def log_message(self, *arguments):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


Server(SOCKET, Front).serve_forever()
