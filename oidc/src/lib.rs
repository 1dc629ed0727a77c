//! Signing in through an OpenID Connect provider, seen from the relying party.
//!
//! [`discover`] reads what a provider says of itself, [`start`] makes the address to which the
//! browser is sent, and [`finish`] turns the answer into an [`Identity`]. Only the authorization code
//! flow with PKCE is spoken, the userinfo endpoint is never asked, and no token is kept. Who somebody
//! is, is told by issuer and subject together and by nothing else (acceptance case 5).

mod client;
mod discovery;
mod fault;
mod finish;
mod id_token;
mod redeem;
mod start;

pub use client::Client;
pub use discovery::{Discovered, discover};
pub use fault::Fault;
pub use finish::{Answer, finish};
pub use id_token::Identity;
pub use outward::Inward;
pub use start::{Pending, Start, start};

use std::fmt;

/// What an Administrator configures. `Debug` never shows the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// The issuer exactly as the provider writes it; a slash at the end matters.
    pub issuer: String,
    /// The name under which the provider knows us.
    pub client_id: String,
    /// `None`: a public client, which proves itself with PKCE alone.
    pub client_secret: Option<String>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.client_secret.as_ref().map(|_| "hidden");
        formatter
            .debug_struct("Provider")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("client_secret", &secret)
            .finish()
    }
}
