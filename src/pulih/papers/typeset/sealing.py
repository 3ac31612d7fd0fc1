"""Seals a PDF with the certificate of the installation (PAdES), so that a change shows.

The key is made at first need and lies beside the key file, readable by its owner alone. The
certificate is the office's own and says so: it proves that a letter came from here unchanged; it
is no certificate of a person.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from functools import lru_cache
from pathlib import Path

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pulih.common.clock import now

FILE = "letters.pem"
YEARS = 10
FIELD = "Segel"


def seal(pdf: bytes, *, office: str) -> bytes:
    """The PDF with an invisible seal over all of it.

    Args:
        office: name of the office, which the seal gives as its reason.
    """
    signer = _signer(_seal_file())
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=f"Surat resmi {office}",
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    made = io.BytesIO()
    signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=made)
    return made.getvalue()


def certificate() -> bytes:
    """The certificate as PEM, for whoever wants to check seals by themselves."""
    text = _seal_file().read_bytes()
    return text[text.index(b"-----BEGIN CERTIFICATE") :]


def _seal_file() -> Path:
    path = Path(settings.PULIH_KEY_FILE).with_name(FILE)
    if not path.exists():
        _make(path)
    return path


@lru_cache(maxsize=4)
def _signer(path: Path) -> signers.SimpleSigner:
    text = path.read_bytes()
    key = serialization.load_pem_private_key(text, password=None)
    found = x509.load_pem_x509_certificate(text[text.index(b"-----BEGIN CERTIFICATE") :])
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=Certificate.load(found.public_bytes(serialization.Encoding.DER)),
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


def _make(path: Path) -> None:
    """Write a new key and its certificate; of two workers at once the first one's stays."""
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + _own_certificate(key).public_bytes(serialization.Encoding.PEM)
    draft = path.with_name(f".{FILE}.{os.getpid()}.{now().timestamp():.6f}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # A link does not replace a file that is there, as a rename would.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _own_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Segel surat Pulih")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - dt.timedelta(days=1))
        .not_valid_after(now() + dt.timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
