"""Certificates for servers on the loopback, made by the openssl command for as long as a test needs them."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority with its files in ``folder``; who trusts it trusts ``certificate``."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """The authority's own certificate."""
        return self.folder / "ca.pem"

    def server(self, name: str, *, holds: str = "IP:127.0.0.1", days: int = 2) -> ssl.SSLContext:
        """What a server needs to speak TLS as ``holds``, with a certificate that ends in so many days."""
        key, request, made = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        _openssl("req", *_KEY, "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={holds}\n")
        signed = ("-CA", self.certificate, "-CAkey", self.folder / "ca.key", "-CAcreateserial")
        _openssl("x509", "-req", "-in", request, "-out", made, "-days", days, "-extfile", extensions, *signed)
        return _context(made, key)

    def self_signed(self) -> ssl.SSLContext:
        """The same with a certificate that nobody else has signed."""
        key, made = self.folder / "self.key", self.folder / "self.pem"
        holds = ("-addext", "subjectAltName=IP:127.0.0.1")
        _openssl("req", "-x509", *_KEY, "-keyout", key, "-out", made, "-subj", "/CN=self", *holds)
        return _context(made, key)


def authority(folder: Path) -> Authority:
    """A new authority."""
    made = Authority(folder)
    files = ("-keyout", folder / "ca.key", "-out", made.certificate)
    _openssl("req", "-x509", *_KEY, *files, "-days", 2, "-subj", "/CN=The authority of a test")
    return made


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _openssl(*words: object) -> None:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
