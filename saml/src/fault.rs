//! Why a response is refused.

use std::fmt;

macro_rules! faults {
    ($($name:ident $code:literal $sentence:literal)*) => {
        /// The reason for which a response is refused; each has one code, for the audit trail, and
        /// one English sentence, for the log.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Fault { $(#[doc = $sentence] $name,)* }

        impl Fault {
            /// Every fault, in the order in which [`verify`](crate::verify) looks for them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code of the audit trail.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }

        impl fmt::Display for Fault {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$name => $sentence,)* })
            }
        }
    };
}

faults! {
    NoCertificate "no_certificate" "No certificate is configured for the provider."
    NoCurrentCertificate "no_current_certificate"
        "Every certificate configured for the provider has expired or is not valid yet."
    TooLarge "too_large" "The response is larger than 256 KiB."
    NotBase64 "not_base64" "The response is not base64."
    NotXml "not_xml" "The response is not well-formed XML in UTF-8."
    TooDeep "too_deep" "The response is nested too deeply."
    DocumentType "document_type" "The response declares a document type or entities."
    Comment "comment" "The response contains a comment."
    ProcessingInstruction "processing_instruction" "The response contains a processing instruction."
    CharacterData "character_data" "The response contains a CDATA section."
    NamespacedId "namespaced_id" "The response contains an id in a namespace, such as xml:id."
    DuplicateId "duplicate_id" "An id stands twice in the response, or an element has two."
    NotAResponse "not_a_response" "The document is not a SAML 2.0 response."
    NotSuccess "not_success" "The provider answers that the sign-in did not succeed."
    Encrypted "encrypted" "The response is encrypted, which is not supported."
    NoAssertion "no_assertion" "The response contains no assertion."
    SeveralAssertions "several_assertions" "The response contains more than one assertion."
    MisplacedAssertion "misplaced_assertion" "The assertion is not a child of the response."
    Unsigned "unsigned" "Neither the response nor the assertion is signed."
    MisplacedSignature "misplaced_signature"
        "A signature is neither the one of the response nor the one of the assertion."
    MalformedSignature "malformed_signature" "A signature has other parts than SAML allows."
    SeveralReferences "several_references" "A signature has more or fewer than one reference."
    WrongReference "wrong_reference" "A signature refers to something else than its parent."
    WrongTransforms "wrong_transforms"
        "A signature has other transforms than enveloped signature and exclusive canonicalisation."
    WrongAlgorithm "wrong_algorithm" "A signature is made with an algorithm that is not allowed."
    BadSignature "bad_signature"
        "A signature does not match the content and a certificate of the provider."
    WrongVersion "wrong_version" "The response or its assertion is not of version 2.0."
    WrongDestination "wrong_destination" "The response is addressed to another destination."
    WrongInResponseTo "wrong_in_response_to" "The response does not answer this browser's request."
    WrongIssuer "wrong_issuer" "The response is issued by another provider."
    IssuedTooLongAgo "issued_too_long_ago" "The response or its assertion was issued too long ago."
    IssuedInFuture "issued_in_future" "The response or its assertion was issued in the future."
    Malformed "malformed" "The response lacks something that SAML requires, or has it twice."
    WrongAssertionIssuer "wrong_assertion_issuer" "The assertion is issued by another provider."
    NoNameId "no_name_id" "The assertion names no subject."
    BadNameId "bad_name_id" "The NameID is empty, too long, or not plain text."
    NoBearer "no_bearer" "The assertion has no confirmation for its bearer."
    WrongRecipient "wrong_recipient" "The assertion is meant for another recipient."
    ConfirmedForOtherRequest "confirmed_for_other_request"
        "The assertion does not confirm this browser's request."
    ConfirmationNotYet "confirmation_not_yet" "The confirmation of the subject is not valid yet."
    ConfirmationOver "confirmation_over" "The confirmation of the subject is over."
    NoConditions "no_conditions" "The assertion has no conditions."
    UnknownCondition "unknown_condition" "The assertion has a condition that is not known."
    NotYetValid "not_yet_valid" "The assertion is not valid yet."
    NoLongerValid "no_longer_valid" "The assertion is no longer valid."
    NoAudience "no_audience" "The assertion is not restricted to an audience."
    WrongAudience "wrong_audience" "The assertion is meant for another audience."
    NoAuthentication "no_authentication" "The assertion does not say that somebody signed in."
    SessionOver "session_over" "The provider's session is over."
}

impl std::error::Error for Fault {}
