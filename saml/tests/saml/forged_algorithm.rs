//! Forgeries of a signature's algorithms.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use bergshamra::core::algorithm;
use bergshamra::keys::loader;
use saml::Fault;

pub fn forgeries() -> Vec<Forgery> {
    let rsa = algorithm::RSA_SHA256;
    let hmac_key = || loader::load_hmac_key(PROVIDER_CERTIFICATE.as_bytes()).unwrap();
    let hmac = with(ASSERTION, rsa, algorithm::HMAC_SHA256);
    let short = format!(
        "<ns2:SignatureMethod Algorithm=\"{}\"/>",
        algorithm::HMAC_SHA256
    );
    let shorter = format!(
        "<ns2:SignatureMethod Algorithm=\"{}\"><ns2:HMACOutputLength>8</ns2:HMACOutputLength></ns2:SignatureMethod>",
        algorithm::HMAC_SHA256
    );
    let method = format!(
        "<ns2:CanonicalizationMethod Algorithm=\"{}\"",
        algorithm::EXC_C14N
    );
    let inclusive = format!(
        "<ns2:CanonicalizationMethod Algorithm=\"{}\"",
        algorithm::C14N
    );
    let comments = format!(
        "<ns2:CanonicalizationMethod Algorithm=\"{}\"",
        algorithm::EXC_C14N_WITH_COMMENTS
    );
    let wrong = Fault::WrongAlgorithm;
    vec![
        forgery("SHA-1 throughout, genuinely signed", wrong, SHA1),
        forgery("a SHA-1 digest, genuinely signed", wrong, SHA1_DIGEST),
        forgery(
            "RSA with SHA-1, written over",
            wrong,
            with(ASSERTION, rsa, algorithm::RSA_SHA1),
        ),
        forgery(
            "RSA-PSS",
            wrong,
            resigned_assertion(rsa, algorithm::RSA_PSS_SHA256),
        ),
        forgery(
            "RSA with SHA-224",
            wrong,
            with(ASSERTION, rsa, algorithm::RSA_SHA224),
        ),
        forgery(
            "a SHA-3 digest",
            wrong,
            with(ASSERTION, algorithm::SHA256, algorithm::SHA3_256),
        ),
        forgery(
            "HMAC with the certificate as its key",
            wrong,
            signed_by(&hmac, hmac_key()),
        ),
        forgery(
            "a shortened HMAC",
            wrong,
            signed_by(&with(&hmac, &short, &shorter), hmac_key()),
        ),
        forgery(
            "no algorithm",
            wrong,
            with(
                ASSERTION,
                &format!("SignatureMethod Algorithm=\"{rsa}\""),
                "SignatureMethod",
            ),
        ),
        forgery(
            "signed info canonicalised inclusively",
            wrong,
            resigned_assertion(&method, &inclusive),
        ),
        forgery(
            "signed info canonicalised with comments",
            wrong,
            resigned_assertion(&method, &comments),
        ),
        forgery(
            "an algorithm in a namespace",
            wrong,
            resigned_assertion(
                "<ns2:SignatureMethod ",
                &format!("<ns2:SignatureMethod xmlns:x=\"x\" x:Algorithm=\"{rsa}\" "),
            ),
        ),
        forgery(
            "more to say about the algorithm",
            wrong,
            resigned_assertion(
                &format!("{rsa}\"/>"),
                &format!("{rsa}\"><ns2:X/></ns2:SignatureMethod>"),
            ),
        ),
    ]
}
