//! The store, on both databases: every test runs on SQLite, and again on PostgreSQL when
//! `STAFFROOM_TEST_POSTGRES` has an address (`bin/postgres --fast -- cargo nextest run -p store`).

mod account;
mod cast;
mod employee;
mod house;
mod link;
mod list;
mod migration;
mod office;
mod organisation;
mod outbox;
mod session;
