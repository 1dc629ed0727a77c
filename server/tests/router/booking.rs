//! The booking page as customers, robots and attackers meet it (P-05).

mod attacks;
mod customer;
mod limits;
mod links;
mod settings;
mod world;
