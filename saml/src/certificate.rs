//! The certificates with which a provider signs.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{Key, keys::loader};
use jiff::Timestamp;
use std::fmt;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;
use x509_parser::time::ASN1Time;

/// The fewest bits of an RSA key.
const RSA_BITS_MIN: usize = 2048;
/// The largest text that is looked at for certificates, in bytes.
const TEXT_BYTES_MAX: usize = 256 * 1024;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// A signing certificate, whose key is one that [`verify`](crate::verify) can use: RSA of 2048
/// bits or more, or ECDSA on P-256, P-384 or P-521. Nothing else about it is believed: it is
/// configured, so who issued it does not matter.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    key: Vec<u8>,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: String,
}

/// Why a text is no certificate that can be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotACertificate {
    /// Not PEM, not base64, or no X.509 certificate in it.
    Unreadable,
    /// More than one certificate where one is expected.
    Several,
    /// An RSA key of fewer than 2048 bits.
    WeakKey,
    /// A key that is neither RSA nor on one of the curves P-256, P-384 and P-521.
    UnsupportedKey,
}

impl Certificate {
    /// Reads one certificate: PEM, or the bare base64 of its DER; white space does not matter.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn read(text: &str) -> Result<Self, NotACertificate> {
        match <[Self; 1]>::try_from(read_certificates(text)?) {
            Ok([one]) => Ok(one),
            Err(_) => Err(NotACertificate::Several),
        }
    }

    /// Reads one certificate from its DER.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn from_der(der: Vec<u8>) -> Result<Self, NotACertificate> {
        let (rest, read) =
            X509Certificate::from_der(&der).map_err(|_| NotACertificate::Unreadable)?;
        if !rest.is_empty() {
            return Err(NotACertificate::Unreadable);
        }
        let public = read.public_key();
        match public.parsed() {
            Ok(PublicKey::RSA(rsa)) if rsa.key_size() < RSA_BITS_MIN => {
                return Err(NotACertificate::WeakKey);
            }
            Ok(PublicKey::RSA(_) | PublicKey::EC(_)) => {}
            _ => return Err(NotACertificate::UnsupportedKey),
        }
        let key = public.raw.to_vec();
        loader::load_spki_der(&key).map_err(|_| NotACertificate::UnsupportedKey)?;
        let not_before = instant(read.validity().not_before);
        let not_after = instant(read.validity().not_after);
        let subject = read.subject().to_string();
        Ok(Self {
            der,
            key,
            not_before,
            not_after,
            subject,
        })
    }

    /// The bytes of the certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as PEM, with a line break at its end.
    #[must_use]
    pub fn pem(&self) -> String {
        let base64 = STANDARD.encode(&self.der);
        let mut pem = format!("{BEGIN}\n");
        for (index, character) in base64.chars().enumerate() {
            if index > 0 && index % 64 == 0 {
                pem.push('\n');
            }
            pem.push(character);
        }
        pem + "\n" + END + "\n"
    }

    /// From when on it is valid.
    #[must_use]
    pub const fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// Until when it is valid, inclusive.
    #[must_use]
    pub const fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Whether it is valid at an instant.
    #[must_use]
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    /// Whose certificate it is, such as `CN=idp.example`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.subject.clone()
    }

    /// The SHA-256 of its DER, in upper-case hexadecimal with colons, as browsers show it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = digest::digest(&digest::SHA256, &self.der);
        let bytes: Vec<_> = digest.as_ref().iter().map(|b| format!("{b:02X}")).collect();
        bytes.join(":")
    }

    /// Its public key, as DER of a `SubjectPublicKeyInfo`.
    pub(crate) fn public_key(&self) -> &[u8] {
        &self.key
    }

    /// Its public key, for the library that verifies. Without the certificate, which would be
    /// checked against authorities that nobody configured.
    pub(crate) fn verification_key(&self) -> Option<Key> {
        loader::load_spki_der(&self.key).ok()
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject, self.fingerprint())
    }
}

/// Reads the certificates of a text: one or more PEM blocks, with anything between them, or the
/// bare base64 of one. A certificate that stands there twice is read once.
///
/// # Errors
/// The first reason for which one of them can't be used.
pub fn read_certificates(text: &str) -> Result<Vec<Certificate>, NotACertificate> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(NotACertificate::Unreadable);
    }
    let mut certificates = Vec::new();
    for base64 in blocks(text)? {
        let bare: String = base64.split_ascii_whitespace().collect();
        let der = STANDARD
            .decode(bare)
            .map_err(|_| NotACertificate::Unreadable)?;
        let certificate = Certificate::from_der(der)?;
        if !certificates.contains(&certificate) {
            certificates.push(certificate);
        }
    }
    Ok(certificates)
}

/// The base64 of every PEM block, or the whole text if there is none.
fn blocks(text: &str) -> Result<Vec<&str>, NotACertificate> {
    let mut after_begins = text.split(BEGIN);
    let before = after_begins.next().unwrap_or_default();
    let blocks: Vec<_> = after_begins
        .map(|rest| rest.split_once(END).map(|(block, _)| block))
        .collect::<Option<_>>()
        .ok_or(NotACertificate::Unreadable)?;
    Ok(if blocks.is_empty() {
        vec![before]
    } else {
        blocks
    })
}

/// An instant of a certificate; `99991231235959Z`, which means "never", is past the end of ours.
fn instant(time: ASN1Time) -> Timestamp {
    let second = time.timestamp();
    let end = if second < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_second(second).unwrap_or(end)
}

impl fmt::Display for NotACertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "this is not a certificate",
            Self::Several => "these are several certificates",
            Self::WeakKey => "the certificate's RSA key has fewer than 2048 bits",
            Self::UnsupportedKey => {
                "the certificate's key is neither RSA nor ECDSA on a NIST curve"
            }
        })
    }
}

impl std::error::Error for NotACertificate {}
