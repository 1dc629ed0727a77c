//! The store, on both databases: every test runs on SQLite, and again on PostgreSQL when
//! `STAFFROOM_TEST_POSTGRES` has an address (`bin/postgres --fast -- cargo nextest run -p store`).

mod absence;
mod account;
mod announcement;
mod appointment;
mod attempt;
mod attention;
mod audit;
mod backup;
mod booking;
mod calendar;
mod cast;
mod ceremony;
mod check;
mod convert;
mod customer;
mod employee;
mod expertise;
mod factor;
mod hours;
mod house;
mod link;
mod list;
mod migration;
mod newcomer;
mod notice;
mod office;
mod organisation;
mod outbox;
mod provider;
mod race;
mod reminder;
mod reset;
mod session;
mod subject;
mod visit;
