//! The rules, asked as a page or a machine would ask them: one module for each noun or verb.
#![cfg(feature = "server")]

mod absence;
mod account;
mod activate;
mod agent_group;
mod assign;
mod calendar;
mod call_group;
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
mod membership;
mod office;
mod opening;
mod organisation;
mod policy;
mod provider;
mod queue;
mod revise;
mod second_factor;
mod sign_in;
mod subject;
mod suspend;
mod throttle;
mod visibility;
