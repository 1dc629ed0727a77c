# What the SAML identity provider says and how it says it: keys, metadata, responses that are right or wrong in one way.
import datetime
import urllib.request
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, class_name
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.s_utils import sid
from saml2.saml import NAMEID_FORMAT_UNSPECIFIED, NameID
from saml2.samlp import STATUS_AUTHN_FAILED
from saml2.server import Server
from saml2.sigver import pre_signature_part, signed_instance_factory
from saml2.time_util import in_a_while
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

# Where an option is missing the response is as it should be; null leaves the attribute or element out.
OPTIONS = {
    "sign": "assertion",  # assertion | response | both | none
    "key": "configured",  # configured | other: what signs
    "certificates": "configured",  # configured | other | both: what the metadata names
    "inResponseTo": "genuine",  # genuine | absent | other
    "notBefore": None,  # seconds from now; null for a minute before now or before notOnOrAfter
    "notOnOrAfter": 300,  # seconds from now
    "attributes": {},  # such as {"mail": "sam@demo.example"}
    "replay": False,  # sends the same response as the last time
    "hold": False,  # shows the page that posts to the service provider, without its posting by itself
}
ADDRESSES = {"audience", "recipient", "destination", "issuer"}


class Refused(Exception):
    """A request that a strict identity provider does not answer."""


class IdentityProvider:
    def __init__(self, url, sp_url, folder):
        self.url = url
        self.sp = f"{sp_url}/sso/saml"
        self.folder = Path(folder)
        for name in ("configured", "other"):
            self._make_key(name)
        self.servers = {name: Server(config=self._config(name)) for name in ("configured", "other")}
        self.options = OPTIONS

    def change(self, options):
        """Replaces every option; those that are not named are as at the start."""
        unknown = options.keys() - OPTIONS.keys() - ADDRESSES
        if unknown:
            raise Refused(f"there is no option {', '.join(sorted(unknown))}")
        self.options = OPTIONS | options

    def metadata(self):
        certificates = self.options["certificates"]
        names = ["configured", "other"] if certificates == "both" else [certificates]
        return str(entity_descriptor(self._config(*names)))

    def read(self, query):
        """The AuthnRequest in a query, which is as its sender's metadata promises, and the address for the answer."""
        metadata = self._load_sp()
        (sp,) = metadata[self.sp]["spsso_descriptor"]
        server = self.servers["configured"]
        must_be_signed = sp.get("authn_requests_signed") == "true" or "Signature" in query
        server.config.setattr("idp", "want_authn_requests_signed", must_be_signed)
        parsed = server.parse_authn_request(
            query["SAMLRequest"], BINDING_HTTP_REDIRECT, query.get("RelayState"), query.get("SigAlg"), query.get("Signature")
        )
        request = parsed.message
        if not parsed.issue_instant_ok():
            raise Refused(f"the request was issued at {request.issue_instant}")
        if request.destination != f"{self.url}/sso":
            raise Refused(f"the request is for {request.destination}")
        if request.issuer.text != self.sp:
            raise Refused(f"the request is from {request.issuer.text}")
        if request.protocol_binding not in (None, BINDING_HTTP_POST):
            raise Refused(f"the request asks for {request.protocol_binding}")
        address = request.assertion_consumer_service_url
        if address and address not in consumers(metadata, self.sp):
            raise Refused(f"{address} is not in the metadata of {self.sp}")
        return request, address or consumers(metadata, self.sp)[0]

    def consumer(self):
        """Where a response goes that nobody asked for."""
        return consumers(self._load_sp(), self.sp)[0]

    def refusal(self, request, consumer):
        """What is sent when the person does not want to sign in."""
        info = (STATUS_AUTHN_FAILED, "The person cancelled.")
        server = self.servers[self.options["key"]]
        message = server.create_error_response(request.id, consumer, info, sign=False)
        return signed(server, message, sign_response=True)

    def response(self, user, request, consumer):
        options = self.options
        server = self.servers[options["key"]]
        asked_for = {"genuine": request and request.id, "absent": None, "other": sid()}[options["inResponseTo"]]
        policy = request and request.name_id_policy
        message = server.create_authn_response(
            identity=options["attributes"],
            in_response_to=asked_for,
            destination=consumer,
            sp_entity_id=self.sp,
            name_id=NameID(format=policy and policy.format or NAMEID_FORMAT_UNSPECIFIED, text=user),
            authn={"class_ref": PASSWORDPROTECTEDTRANSPORT},
            sign_assertion=False,  # signed when it says what it is to say
            sign_response=False,
        )
        assertion = message.assertion
        conditions = assertion.conditions
        proof = assertion.subject.subject_confirmation[0].subject_confirmation_data

        end = options["notOnOrAfter"]
        start = min(end or 0, 0) - 60 if options["notBefore"] is None else options["notBefore"]
        conditions.not_before = in_a_while(seconds=start)
        conditions.not_on_or_after = proof.not_on_or_after = None if end is None else in_a_while(seconds=end)
        if "audience" in options:
            set_audience(conditions, options["audience"])
        if "recipient" in options:
            proof.recipient = options["recipient"]
        if "destination" in options:
            message.destination = options["destination"]
        if "issuer" in options:
            message.issuer.text = assertion.issuer.text = options["issuer"]
        return signed(server, message, options["sign"] in ("response", "both"), options["sign"] in ("assertion", "both"))

    def _load_sp(self):
        """Read anew each time: Staffroom may have been given other keys meanwhile."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.sp}/metadata", timeout=10) as answer:
            inline = {"inline": [answer.read().decode()]}
        for server in self.servers.values():
            if not server.reload_metadata(inline):
                raise Refused(f"the metadata at {self.sp}/metadata can't be read")
        metadata = self.servers["configured"].metadata
        if self.sp not in metadata.keys():
            raise Refused(f"the metadata at {self.sp}/metadata is not that of {self.sp}")
        return metadata

    def _config(self, name, *more):
        return IdPConfig().load(
            {
                "entityid": f"{self.url}/metadata",
                "key_file": str(self.folder / f"{name}.key"),
                "cert_file": str(self.folder / f"{name}.pem"),
                "additional_cert_files": [str(self.folder / f"{other}.pem") for other in more],
                "signing_algorithm": SIG_RSA_SHA256,
                "digest_algorithm": DIGEST_SHA256,
                "metadata": {"inline": []},  # see _load_sp
                "service": {
                    "idp": {
                        "endpoints": {"single_sign_on_service": [(f"{self.url}/sso", BINDING_HTTP_REDIRECT)]},
                        "name_id_format": [NAMEID_FORMAT_UNSPECIFIED],
                    }
                },
            }
        )

    def _make_key(self, name):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{name} test key")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=365))
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        form = serialization.PrivateFormat.PKCS8
        (self.folder / f"{name}.key").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(pem))


def consumers(metadata, entity_id):
    services = metadata.assertion_consumer_service(entity_id, BINDING_HTTP_POST)
    return [service["location"] for service in services]


def set_audience(conditions, audience):
    if audience is None:
        conditions.audience_restriction = []
    else:
        conditions.audience_restriction[0].audience[0].text = audience


def signed(server, message, sign_response, sign_assertion=False):
    parts = [message.assertion] * sign_assertion + [message] * sign_response  # the inner one first
    for place, part in enumerate(parts):
        part.signature = pre_signature_part(part.id, server.sec.my_cert, place + 1, DIGEST_SHA256, SIG_RSA_SHA256)
    return str(signed_instance_factory(message, server.sec, [(class_name(part), part.id) for part in parts]))
