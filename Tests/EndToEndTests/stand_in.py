"""A stand-in for the Partner Center service, written from the reference of its customers API alone.

It shares no code with Purser, misbehaves as its arguments say, and keeps a log of every request: a line when one
arrives, a line when its outcome is settled, and a line for each customer that comes to be. All of it is JSON.
"""

import argparse
import base64
import email.utils
import gzip
import json
import os
import random
import select
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse
import uuid
import xml.etree.ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What may happen to a create.
FAULTS = ["lose-before", "lose-after", "cut", "garble", "429", "503", "500-after", "refuse", "taken", "late", "slow"]
# What may happen to every create.
ALWAYS = ["empty", "foreign", "page", "forbidden", "echo"]
# What may happen to a create before it goes well at last.
CHAOS = ["ok", "lose-before", "lose-after", "cut", "429", "503", "500-after", "refuse"]
BOM = b"\xef\xbb\xbf"


class Lost(Exception):
    """The connection is closed, with so many bytes of the answer on it."""

    def __init__(self, answer=b""):
        super().__init__()
        self.answer = answer


class Service:
    """The partner's customers, and the memory of what was asked."""

    def __init__(self, options):
        self.options = options
        self.lock = threading.Condition(threading.RLock())
        self.customers = {}  # by domain; an orphan, which only uses its domain up, is None
        self.answers = {}  # by idempotency key
        self.busy = set()  # the keys that are being worked on
        self.creates = {}  # how many creates of a domain have come
        self.pages = {}
        self.number = 0
        self.storm_began = None
        self.token, self.uses = 1, 0
        self.refresh, self.issued = options.refresh_token, set()
        self.log = open(options.log, "a", encoding="utf-8")

    def note(self, **record):
        with self.lock:
            self.log.write(json.dumps({"time": time.time(), **record}) + "\n")
            self.log.flush()

    def arrive(self, **record):
        with self.lock:
            self.number += 1
            self.note(event="arrived", n=self.number, **record)
            return self.number

    def permits(self, token):
        """Whether a token is good; each is for so many requests, and the next one is then in the file."""
        if not self.options.token_uses:
            return token == self.options.token or token in self.issued
        with self.lock:
            if token != f"token-{self.token}":
                return False
            self.uses += 1
            if self.uses <= self.options.token_uses:
                return True
            self.token, self.uses = self.token + 1, 0
            self.write_token()
            return False

    def write_token(self):
        path = self.options.token_file
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(f"token-{self.token}\n")
        os.replace(path + ".new", path)

    def renew(self, fields):
        """Issues tokens for a refresh token, which is good for one renewal; one that comes again ends all of them."""
        with self.lock:
            sent = fields.get("refresh_token")
            if sent is None or sent != self.refresh:
                self.refresh = None
                self.note(event="refresh", outcome="refused", key=sent)
                return 400, {"error": "invalid_grant", "error_description": "The refresh token is spent."}, {}
            access, self.refresh = f"access-{uuid.uuid4()}", f"refresh-{uuid.uuid4()}"
            self.issued.add(access)
            self.note(event="refresh", outcome="done", key=sent)
            answer = {"token_type": "Bearer", "expires_in": 3600, "access_token": access, "refresh_token": self.refresh}
        time.sleep(self.options.hold)  # The token is spent, and the client does not have the next one yet.
        return 200, answer, {}

    # The create, step by step.

    def create(self, asked, key, wants_token):
        domain = (member(asked, "companyProfile", "domain") or "").lower()
        fault = self.options.always or self.next_fault(domain)
        if fault in ("page", "forbidden"):
            return self.turn_away(fault)
        if self.is_stormy() or fault == "429":
            return 429, {"statusCode": 429, "message": "Rate limit is exceeded."}, self.retry_after()
        if fault == "503":
            return 503, b"<html><title>Service Unavailable</title></html>", {}
        if fault == "lose-before":
            raise Lost
        remembers = self.options.idempotency != "none"
        with self.lock:
            # Two requests with one key are one create: the second waits for what the first comes to.
            while remembers and key in self.busy:
                self.lock.wait()
            if remembers and key in self.answers:
                answer = self.replay(key)
                return self.deliver(fault, *answer) if self.options.always else answer
            self.busy.add(key)
            is_taken = domain in self.customers
            if fault == "slow" and not is_taken:
                self.customers[domain] = None
        try:
            answer = self.work(asked, key, domain, fault, is_taken)
        finally:
            with self.lock:
                self.busy.discard(key)
                self.lock.notify_all()
        return self.deliver(fault, *answer, self.consistency(domain) if wants_token else {})

    def turn_away(self, fault):
        """No create of anybody is dealt with: by a gateway, or for what the account may do."""
        if fault == "page":
            page = b"<html><body><h1>404 - Web app not found</h1></body></html>"
            return 404, page, {"Content-Type": "text/html"}
        return 403, {"code": 600006, "description": "The requested action is not allowed"}, {}

    def consistency(self, domain):
        """The token with which a customer is seen at once."""
        found = self.customers.get(domain)
        return {"ReadWriteConsistencyToken": found["token"]} if found else {}

    def next_fault(self, domain):
        with self.lock:
            count = self.creates[domain] = self.creates.get(domain, 0) + 1
        if self.options.sequences:
            number = int("".join(filter(str.isdigit, domain)))
            faults = self.options.sequences.split(",")[number - 1].split("+")
            return faults[count - 1] if count <= len(faults) else "ok"
        if self.options.chaos is not None:
            luck = random.Random(f"{self.options.chaos}/{domain}/{count}")
            return luck.choice(CHAOS) if count <= 4 else "ok"
        faults = self.options.create.split(",") if self.options.create else []
        return faults[count - 1] if count <= len(faults) else "ok"

    def is_stormy(self):
        with self.lock:
            if not self.options.storm:
                return False
            self.storm_began = self.storm_began or time.time()
            return time.time() < self.storm_began + self.options.storm

    def retry_after(self):
        text = self.options.retry_after
        if text.startswith("date:"):
            text = email.utils.formatdate(time.time() + float(text[5:]), usegmt=True)
        return {"Retry-After": text} if text else {}

    def replay(self, key):
        status, body = self.answers[key]
        if self.options.idempotency == "no-password":
            body = {name: value for name, value in body.items() if name != "userCredentials"}
        return status, body, {}

    def work(self, asked, key, domain, fault, is_taken):
        if fault == "slow" or not (self.options.create or self.options.sequences):
            time.sleep(self.options.slow)
        if is_taken or fault == "taken":
            answer = 409, {"code": 3009, "description": "The domain is already used by another tenant."}
        elif fault == "refuse":
            # Never of what was taken before: no service finds fault with a content that it has accepted.
            answer = 400, {"code": 2001, "description": "Customer details are missing",
                           "data": ["billingProfile.email"], "source": "PartnerFD"}
        elif fault == "late":
            self.customers[domain] = None
            answer = 400, {"code": 27002, "description": "A property has invalid data.",
                           "data": ["NotificationEmailAddress: office@example.com is invalid"], "source": "PartnerFD"}
        else:
            answer = 201, self.commit(asked, key, domain)
        with self.lock:
            # A refusal of the content is not remembered: after any answer a client has to use another key.
            if answer[0] == 201 or fault == "late":
                self.answers[key] = answer
        return answer

    def commit(self, asked, key, domain):
        identifier, password = str(uuid.uuid4()), base64.b32encode(os.urandom(5)).decode()
        billing, company = asked.get("billingProfile", {}), asked.get("companyProfile", {})
        customer = {
            "id": identifier, "commerceId": str(uuid.uuid4()), "relationshipToPartner": "reseller",
            "companyProfile": {"tenantId": identifier, "domain": company.get("domain"),
                               "companyName": billing.get("companyName")},
            "billingProfile": {"id": str(uuid.uuid4()), **billing}, "attributes": {"objectType": "Customer"},
        }
        with self.lock:
            self.customers[domain] = {"since": time.time(), "customer": customer, "token": str(uuid.uuid4())}
            self.note(event="committed", domain=domain, id=identifier, password=password, key=key)
        return {**customer, "userCredentials": {"userName": "admin", "password": password}}

    def deliver(self, fault, status, body, more):
        if fault == "lose-after":
            raise Lost
        if fault == "500-after":
            return 500, b"", {}
        if fault == "empty" and status == 201:
            return status, b"", more
        if fault == "foreign" and status == 201:
            return status, {**body, "id": "../../etc"}, more
        if fault == "cut" and status == 201:
            whole = BOM + json.dumps(body).encode()
            head = f"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {len(whole)}\r\n\r\n"
            raise Lost(head.encode() + whole[:len(whole) // 2])
        if fault == "garble" and status == 201:
            return status, BOM + json.dumps(body).encode()[:40], more
        return status, body, more

    # Reading.

    def visible(self, token):
        """The customers that can be read: those that are old enough, and the one that a consistency token is of."""
        with self.lock:
            limit = time.time() - self.options.visible_after
            return [c["customer"] for c in self.customers.values()
                    if c and (c["since"] <= limit or c["token"] == token)]

    def customer(self, identifier, consistency):
        found = [c for c in self.visible(consistency) if c["id"] == identifier]
        if found:
            return 200, found[0], {}
        return 404, {"code": 60003, "description": "No company was found to be associated with tenant Id."}, {}

    def list(self, query, token, host, consistency):
        if query.get("seekoperation", "").lower() == "next" and token in self.pages:
            prefix, size, start = self.pages[token]
        else:
            wanted = json.loads(query["filter"]) if "filter" in query else {}
            prefix, size, start = wanted.get("Value", "").lower(), int(query.get("size") or 0), 0
        size = min(size or 500, self.options.page_size)
        found = [c for c in self.visible(consistency)
                 if (c["companyProfile"]["domain"] or "").lower().startswith(prefix)]
        items = [{name: c[name] for name in ("id", "companyProfile", "relationshipToPartner", "attributes")}
                 for c in found[start:start + size]]
        page = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
        if start + size < len(found):
            token = str(uuid.uuid4())
            self.pages[token] = prefix, size, start + size
            root = {"relative": "", "version": "/v1", "absolute": f"http://{host}/v1"}[self.options.links]
            page["links"] = {"next": {"uri": f"{root}/customers?size={size}&seekOperation=Next", "method": "GET",
                                      "headers": [{"key": "MS-ContinuationToken", "value": token}]}}
        return 200, page, {}


def member(tree, *names):
    """A member of a JSON object by its path, whatever the case of its names."""
    for name in names:
        tree = next((value for key, value in (tree or {}).items() if key.lower() == name.lower()), None)
    return tree


def tree_of(element):
    """An XML element as the JSON that it stands for."""
    if len(element) == 0:
        return element.text or ""
    return {child.tag.split("}")[-1]: tree_of(child) for child in element}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self):
        service = self.server.service
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urllib.parse.urlsplit(self.path)
        is_create = self.command == "POST" and address.path == "/v1/customers"
        asked = self.read(body) if is_create else {}
        headers = self.headers
        number = service.arrive(
            method=self.command, path=self.path, key=headers.get("MS-RequestId"), cv=headers.get("MS-CV"),
            correlation=headers.get("MS-CorrelationId"), contract=headers.get("MS-Contract-Version"),
            agent=headers.get("User-Agent"), type=headers.get("Content-Type"), isCreate=is_create,
            domain=(member(asked, "companyProfile", "domain") or "").lower(),
            asksForToken=headers.get("GenerateReadWriteConsistencyToken"),
            consistency=headers.get("ReadWriteConsistencyToken"),
        )
        try:
            status, answer, more = self.decide(service, address, asked, is_create, body)
        except Lost as lost:
            service.note(event="ended", n=number, status=0, outcome="open")
            self.wfile.write(lost.answer)
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        # Half a text tells as little as no answer.
        is_garbled = status == 201 and (isinstance(answer, bytes) or "/" in answer.get("id", ""))
        is_garbled = is_garbled or status == 404 and isinstance(answer, bytes)
        is_open = status in (401, 408, 429) or status >= 500 or is_garbled or self.is_forsaken()
        outcome = "open" if is_open else "refused" if status >= 400 else "done"
        service.note(event="ended", n=number, status=status, outcome=outcome)
        self.send(status, answer, more)

    do_GET = do_POST = do_HEAD = do_DELETE = do_PUT = answer

    def read(self, body):
        if "xml" in self.headers.get("Content-Type", ""):
            return tree_of(xml.etree.ElementTree.fromstring(body))
        return json.loads(body)

    def decide(self, service, address, asked, is_create, body):
        if address.path.endswith("/oauth2/v2.0/token"):
            return service.renew(dict(urllib.parse.parse_qsl(body.decode())))
        if is_create and service.options.hold:
            time.sleep(service.options.hold)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if service.options.always == "echo":
            return self.echo(service, token)
        if not service.permits(token):
            return 401, b"", {"WWW-Authenticate": "OAuth realm=stand-in"}
        if service.options.redirect:
            return 307, b"", {"Location": service.options.redirect}
        if is_create:
            wants_token = self.headers.get("GenerateReadWriteConsistencyToken") == "true"
            return service.create(asked, self.headers.get("MS-RequestId"), wants_token)
        parts = address.path.strip("/").split("/")
        consistency = self.headers.get("ReadWriteConsistencyToken")
        query = {name.lower(): value for name, value in urllib.parse.parse_qsl(address.query)}
        if self.command == "GET" and parts == ["v1", "customers"]:
            page_token, host = self.headers.get("MS-ContinuationToken"), self.headers.get("Host")
            return service.list(query, page_token, host, consistency)
        if self.command == "GET" and parts[:2] == ["v1", "customers"] and len(parts) == 3:
            return service.customer(parts[2], consistency)
        if self.command == "HEAD" and parts[:2] == ["v1", "domains"]:
            return (200 if parts[2].lower() in service.customers else 404), b"", {}
        return 404, {"code": 1000, "description": "Not found."}, {}

    def echo(self, service, token):
        """Quotes the token in another form and with another status each time."""
        forms = [token, token.upper(), urllib.parse.quote(token), urllib.parse.quote(token, safe=""),
                 token.replace("/", "\\/"), token.replace("/", "&#x2F;")]
        with service.lock:
            number = service.echoes = getattr(service, "echoes", -1) + 1
        form, status = forms[number % len(forms)], service.options.echo_status
        if number % 2:
            return status, f"<html><title>{form} is refused</title></html>".encode(), {"Content-Type": "text/html"}
        return status, {"code": 2001, "description": f"Bearer {form} is refused", "data": [form]}, {}

    def is_forsaken(self):
        """Whether the client has stopped waiting for the answer, which it then never learns."""
        if self.server.service.options.tls or not select.select([self.connection], [], [], 0)[0]:
            return False
        try:
            return self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def send(self, status, answer, more):
        body = answer if isinstance(answer, bytes) else BOM + json.dumps(answer).encode()
        if self.server.service.options.gzip and "gzip" in self.headers.get("Accept-Encoding", "") and body:
            body, more = gzip.compress(body), {**more, "Content-Encoding": "gzip"}
        try:
            self.send_response(status)
            more = {"Content-Type": "application/json; charset=utf-8", "Content-Length": len(body), **more}
            for name, value in more.items():
                self.send_header(name, str(value))
            for name in ("MS-RequestId", "MS-CorrelationId", "MS-CV"):
                if self.headers.get(name):
                    self.send_header(name, self.headers[name])
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # The client has given up.

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        # A handshake that a client breaks off is what some tests are about.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Proxy(BaseHTTPRequestHandler):
    """A proxy that leads to the stand-in, whatever host it is asked for."""

    def do_CONNECT(self):
        self.server.service.note(event="proxied", path=self.path)
        there = socket.create_connection(self.server.target)
        self.send_response(200)
        self.end_headers()

        def copy(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        back = threading.Thread(target=copy, args=(there, self.connection))
        back.start()
        copy(self.connection, there)
        back.join()

    def log_message(self, *_):
        pass


class HTTP2:
    """Just enough of HTTP/2 (RFC 9113) to give every request an empty list."""

    def __init__(self, connection, service):
        self.connection, self.service = connection, service

    def frame(self, kind, flags, stream, payload=b""):
        self.connection.sendall(struct.pack(">I", len(payload))[1:] + bytes([kind, flags])
                                + struct.pack(">I", stream) + payload)

    def receive(self, count):
        data = b""
        while len(data) < count:
            piece = self.connection.recv(count - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data

    def serve(self):
        self.receive(24)  # The client's preface.
        self.frame(4, 0, 0)
        while True:
            head = self.receive(9)
            self.receive(int.from_bytes(head[:3], "big"))
            kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
            if kind == 4 and not flags & 1:
                self.frame(4, 1, 0)
            if kind == 1:
                self.service.note(event="http2", stream=stream)
                self.frame(1, 4, stream, b"\x88")  # ":status: 200" of the static table.
                self.frame(0, 1, stream, b'{"totalCount":0,"items":[]}')


class HTTP2Server(Server):
    def finish_request(self, request, client_address):
        HTTP2(request, self.service).serve()


def secured(server, options):
    """Puts TLS between a server and its clients; the handshake is left to each connection's own thread."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    context.set_alpn_protocols(["h2"] if options.http2 else ["http/1.1"])
    if options.tls_version == "1.1":
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True, help="the file to keep the requests in")
    parser.add_argument("--create", help="what happens to the first, second, ... create of each domain")
    parser.add_argument("--always", choices=ALWAYS, help="what happens to every create; echo: to every request")
    parser.add_argument("--echo-status", type=int, default=400, help="the status of an echo")
    parser.add_argument("--chaos", help="a seed: what happens to the first four creates of each domain is drawn")
    parser.add_argument("--sequences", help="the same for each domain by its number: FAULT+FAULT,FAULT+FAULT,...")
    parser.add_argument("--idempotency", choices=["replay", "no-password", "none"], default="replay")
    parser.add_argument("--storm", type=float, default=0, help="seconds of 429 from the first create on")
    parser.add_argument("--retry-after", default="", help="a literal, or date:SECONDS")
    parser.add_argument("--visible-after", type=float, default=0, help="seconds until a customer can be read")
    parser.add_argument("--slow", type=float, default=0, help="seconds that a create takes, or one that is to be slow")
    parser.add_argument("--hold", type=float, default=0, help="seconds before a create's token is looked at, or a renewal is answered")
    parser.add_argument("--token", default="stand-in")
    parser.add_argument("--token-uses", type=int, default=0, help="how many requests a token is good for")
    parser.add_argument("--token-file", help="where the token is, if it is good for so many requests only")
    parser.add_argument("--refresh-token", help="the first refresh token; each is good for one renewal")
    parser.add_argument("--links", choices=["relative", "version", "absolute"], default="relative")
    parser.add_argument("--page-size", type=int, default=500)
    parser.add_argument("--redirect", help="where every request is sent on to")
    parser.add_argument("--gzip", action="store_true")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--tls-version", choices=["1.1", "1.2"], default="1.2")
    parser.add_argument("--http2", action="store_true")
    options = parser.parse_args()
    service = Service(options)
    if options.token_uses:
        service.write_token()
    server = (HTTP2Server if options.http2 else Server)(("127.0.0.1", 0), Handler)
    proxy = Server(("127.0.0.1", 0), Proxy)
    server.service = proxy.service = service
    proxy.target = server.server_address
    if options.tls:
        secured(server, options)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port, "proxy": proxy.server_port, "faults": FAULTS}), flush=True)
    # It ends when whoever started it does, or closes its standard input.
    sys.stdin.read()


main()
