//! A placeholder that proves the build of the site.

use app::{App, messages, shell};
use axum::{Router, http::header};
use leptos::{
    context::provide_context,
    nonce::use_nonce,
    prelude::{LeptosOptions, expect_context},
};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use std::{error::Error, sync::Arc};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = Arc::new(server::site::load()?);
    let options = LeptosOptions::builder().output_name("staffroom").build();
    let context = move || {
        provide_context(site.clone());
        let nonce = use_nonce().expect("the feature nonce is on");
        let policy = format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
        );
        let policy = policy
            .parse()
            .expect("a nonce has only letters that a header may hold");
        expect_context::<ResponseOptions>().insert_header(header::CONTENT_SECURITY_POLICY, policy);
    };
    let pages = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, shell)
        .with_state(options);
    let router = pages
        .merge(messages::router())
        .merge(server::site::router());
    let listen = std::env::var("STAFFROOM_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = tokio::net::TcpListener::bind(&listen).await?;
    println!("Staffroom is ready at http://{listen}");
    axum::serve(listener, router).await?;
    Ok(())
}
