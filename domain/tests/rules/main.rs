//! The rules, asked as a page or a machine would ask them: one module for each noun or verb.
#![cfg(feature = "server")]

mod absence;
mod account;
mod activate;
mod assign;
mod calendar;
mod callers;
mod cast;
mod convert;
mod create;
mod customer;
mod delete;
mod email;
mod expertise;
mod hours;
mod invitation;
mod office;
mod opening;
mod organisation;
mod policy;
mod provider;
mod revise;
mod second_factor;
mod sign_in;
mod subject;
mod suspend;
mod throttle;
mod visibility;
