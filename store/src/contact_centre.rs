//! The contact centre: PBXs and tenants, licenses, numbers, and what hangs on them.

pub mod change;
pub(crate) mod check;
pub mod export;
pub mod license;
pub mod monitor;
pub mod number;
pub mod offer;
pub mod pbx;
pub mod steps;
pub mod tenant;
