//! Secrets: the key of the secret file, what is sealed with it, and the tokens of links and sessions.

use crate::{Error, Result};
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// The length of a nonce that stands before what is sealed, in bytes.
const NONCE: usize = 12;

/// The key of `--secret-file`, with which secrets at rest are sealed (AES-256-GCM).
pub struct Key(RandomizedNonceKey);

impl Key {
    /// The length of a key in bytes.
    pub const LENGTH: usize = 32;

    /// A key of these bytes.
    ///
    /// # Errors
    /// When there are not exactly [`Key::LENGTH`].
    pub fn new(bytes: &[u8]) -> Result<Self> {
        RandomizedNonceKey::new(&AES_256_GCM, bytes)
            .map(Self)
            .map_err(|_| Error::Unreadable(format!("the key must have {} bytes", Self::LENGTH)))
    }

    /// `plain`, unreadable without the key.
    pub(crate) fn seal(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let mut sealed = plain.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::empty(), &mut sealed)
            .map_err(|_| Error::Unreadable("can't seal".into()))?;
        let mut whole = nonce.as_ref().to_vec();
        whole.extend(sealed);
        Ok(whole)
    }

    /// What [`Key::seal`] was given.
    pub(crate) fn open(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let unreadable = || Error::Unreadable("sealed with another key, or damaged".into());
        let (nonce, rest) = sealed.split_at_checked(NONCE).ok_or_else(unreadable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| unreadable())?;
        let mut rest = rest.to_vec();
        let plain = self
            .0
            .open_in_place(nonce, Aad::empty(), &mut rest)
            .map_err(|_| unreadable())?;
        Ok(plain.to_vec())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// 256 random bits that open something: a session, or the page behind a link. Kept only as hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token that nobody else has.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn random() -> Result<Self> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::<32>()?)))
    }

    /// The text that stands in a cookie or an address.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl FromStr for Token {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let looks_right = text.len() == 43
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if looks_right {
            Ok(Self(text.to_owned()))
        } else {
            Err(())
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// `N` random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Unreadable(error.to_string()))?;
    Ok(bytes)
}
