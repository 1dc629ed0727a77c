//! Signing in through a SAML 2.0 identity provider, seen from the service provider.
