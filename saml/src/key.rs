//! Our own key, with which requests are signed.

use crate::{Certificate, NotACertificate};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use jiff::{SignedDuration, Timestamp};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256,
    RsaKeySize, date_time_ymd,
};
use std::fmt;
use std::time::Duration;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

/// How many days a certificate of ours may be valid: a hundred years.
const DAYS_MAX: i64 = 36_525;

/// An RSA key and the self-signed certificate by which a provider knows it. RSA, as most providers
/// take nothing else.
pub struct SigningKey {
    pkcs8: Vec<u8>,
    certificate: Certificate,
    pair: RsaKeyPair,
}

/// Why there is no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyProblem {
    /// The key can't be made, or can't sign.
    Library,
    /// The dates are before 1970 or too far away.
    Dates,
    /// The private key is not RSA of 2048 bits or more in PKCS #8.
    NotAKey,
    /// The certificate can't be used.
    Certificate(NotACertificate),
    /// The certificate is one of another key.
    OtherKey,
}

impl SigningKey {
    /// Makes a key of 2048 bits, with a certificate that is valid from `now` on for some days.
    ///
    /// # Errors
    /// Why not.
    pub fn generate(common_name: &str, now: Timestamp, days: i64) -> Result<Self, KeyProblem> {
        if !(1..=DAYS_MAX).contains(&days) {
            return Err(KeyProblem::Dates);
        }
        let end = now.checked_add(SignedDuration::from_hours(days * 24));
        let end = end.map_err(|_| KeyProblem::Dates)?;
        let (not_before, not_after) = (since_1970(now)?, since_1970(end)?);
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params
            .distinguished_name
            .push(DnType::CommonName, common_name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.not_before = date_time_ymd(1970, 1, 1) + not_before;
        params.not_after = date_time_ymd(1970, 1, 1) + not_after;
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
            .map_err(|_| KeyProblem::Library)?;
        let certificate = params.self_signed(&key).map_err(|_| KeyProblem::Library)?;
        let certificate = Certificate::from_der(certificate.der().to_vec());
        Self::of(
            key.serialize_der(),
            certificate.map_err(KeyProblem::Certificate)?,
        )
    }

    /// Reads a key that was kept: the private key as [`Self::pkcs8`] gave it, and its certificate.
    ///
    /// # Errors
    /// Why not, also if they don't belong together.
    pub fn read(pkcs8_der: &[u8], certificate_pem: &str) -> Result<Self, KeyProblem> {
        let certificate = Certificate::read(certificate_pem).map_err(KeyProblem::Certificate)?;
        Self::of(pkcs8_der.to_vec(), certificate)
    }

    fn of(pkcs8: Vec<u8>, certificate: Certificate) -> Result<Self, KeyProblem> {
        let pair = RsaKeyPair::from_pkcs8(&pkcs8).map_err(|_| KeyProblem::NotAKey)?;
        let (_, certified) = SubjectPublicKeyInfo::from_der(certificate.public_key())
            .map_err(|_| KeyProblem::OtherKey)?;
        if *certified.subject_public_key.data != *pair.public_key().as_ref() {
            return Err(KeyProblem::OtherKey);
        }
        Ok(Self {
            pkcs8,
            certificate,
            pair,
        })
    }

    /// The private key, as DER of PKCS #8: a secret.
    #[must_use]
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The certificate for the provider.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Signs with RSA (PKCS #1 v1.5) and SHA-256.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyProblem> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| KeyProblem::Library)?;
        Ok(signature)
    }
}

fn since_1970(instant: Timestamp) -> Result<Duration, KeyProblem> {
    let seconds = u64::try_from(instant.as_second()).map_err(|_| KeyProblem::Dates)?;
    Ok(Duration::from_secs(seconds))
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({:?})", self.certificate)
    }
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library => f.write_str("the key can't be made or used"),
            Self::Dates => f.write_str("the certificate's dates are out of range"),
            Self::NotAKey => f.write_str("this is not an RSA key of 2048 bits or more in PKCS #8"),
            Self::Certificate(why) => why.fmt(f),
            Self::OtherKey => f.write_str("the certificate is one of another key"),
        }
    }
}

impl std::error::Error for KeyProblem {}
