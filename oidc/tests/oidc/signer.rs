//! Signs ID tokens, rightly or wrongly, with another implementation than the one that verifies them.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub struct Signer {
    pub alg: &'static str,
    pub kid: String,
    pair: Pair,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
    Ed(Ed25519KeyPair),
    Shared(Vec<u8>),
    Nothing,
}

impl Signer {
    pub fn new(alg: &'static str, kid: &str) -> Self {
        let pair = match alg {
            "ES256" => Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()),
            "ES384" => Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap()),
            "RS256" | "PS256" => {
                Pair::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
            }
            "EdDSA" => Pair::Ed(Ed25519KeyPair::generate().unwrap()),
            "none" => Pair::Nothing,
            other => panic!("{other}"),
        };
        let kid = kid.to_owned();
        Self { alg, kid, pair }
    }

    /// HS256 with some bytes.
    pub fn shared(bytes: &[u8], kid: &str) -> Self {
        let kid = kid.to_owned();
        let pair = Pair::Shared(bytes.to_vec());
        Self {
            alg: "HS256",
            kid,
            pair,
        }
    }

    /// Bytes that everybody knows.
    pub fn public_key(&self) -> Vec<u8> {
        match &self.pair {
            Pair::Ec(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Rsa(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Ed(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Shared(bytes) => bytes.clone(),
            Pair::Nothing => Vec::new(),
        }
    }

    pub fn jwk(&self) -> Value {
        let public = self.public_key();
        let mut jwk = match &self.pair {
            Pair::Ec(_) => {
                // 0x04, then both coordinates.
                let (x, y) = public[1..].split_at(public.len() / 2);
                let curve = if self.alg == "ES256" {
                    "P-256"
                } else {
                    "P-384"
                };
                json!({"kty": "EC", "crv": curve, "x": encoded(x), "y": encoded(y)})
            }
            Pair::Rsa(pair) => {
                let public = pair.public_key();
                let n = public.modulus().big_endian_without_leading_zero();
                let e = public.exponent().big_endian_without_leading_zero();
                json!({"kty": "RSA", "n": encoded(n), "e": encoded(e)})
            }
            Pair::Ed(_) => json!({"kty": "OKP", "crv": "Ed25519", "x": encoded(&public)}),
            Pair::Shared(bytes) => json!({"kty": "oct", "k": encoded(bytes)}),
            Pair::Nothing => panic!("no key"),
        };
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.alg);
        jwk
    }

    pub fn header(&self) -> Value {
        json!({"alg": self.alg, "kid": self.kid, "typ": "JWT"})
    }

    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let [header, claims] = [header, claims].map(|part| encoded(part.to_string().as_bytes()));
        let message = format!("{header}.{claims}");
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", encoded(&signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let signed = if self.alg == "RS256" {
                    pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                } else {
                    pair.sign(&RSA_PSS_SHA256, &random, message, &mut signature)
                };
                signed.unwrap();
                signature
            }
            Pair::Shared(bytes) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, bytes);
                hmac::sign(&key, message).as_ref().to_vec()
            }
            Pair::Nothing => Vec::new(),
        }
    }
}

pub fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
