pub mod configuration;
pub mod db;
pub mod domain;
pub mod routes;
pub mod startup;
