//! Signing in through an OpenID Connect provider, seen from the relying party.
