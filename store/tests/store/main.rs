//! The store, on both databases: every test runs on SQLite, and again on PostgreSQL when
//! `STAFFROOM_TEST_POSTGRES` has an address (`bin/postgres --fast -- cargo nextest run -p store`).

mod account;
mod audit;
mod backup;
mod cast;
mod check;
mod employee;
mod house;
mod link;
mod list;
mod migration;
mod newcomer;
mod office;
mod organisation;
mod outbox;
mod race;
mod session;
